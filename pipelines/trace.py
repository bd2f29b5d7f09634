"""Replaying edits and putting them in words: forwards they give the cleaned text, backwards the original."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from pipelines.knowledge import reference
from pipelines.model import Edit


def _steps(edits: Iterable[Edit]) -> list[list[Edit]]:
    ordered = sorted(edits, key=lambda edit: (edit.step, edit.start, edit.end))
    return [list(step) for _, step in groupby(ordered, key=lambda edit: edit.step)]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after all `edits`, step by step. Raises ValueError if an edit does not fit the text."""
    for step in _steps(edits):
        pieces: list[str] = []
        place = 0
        for edit in step:
            if edit.start < place or text[edit.start : edit.end] != edit.removed:
                raise ValueError(f"edit {edit.rule} at {edit.start} does not fit the text")
            pieces += (text[place : edit.start], edit.inserted)
            place = edit.end
        text = "".join(pieces) + text[place:]
    return text


def undo_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text before all `edits`, the inverse of `apply_edits`. Raises ValueError if an edit does not fit."""
    for step in reversed(_steps(edits)):
        pieces: list[str] = []
        place = shift = 0
        for edit in step:
            start = edit.start + shift
            end = start + len(edit.inserted)
            if start < place or text[start:end] != edit.inserted:
                raise ValueError(f"edit {edit.rule} at {edit.start} cannot be undone on this text")
            pieces += (text[place:start], edit.removed)
            place = end
            shift += len(edit.inserted) - len(edit.removed)
        text = "".join(pieces) + text[place:]
    return text


@cache
def _rule_words() -> dict[tuple[str, str], str]:
    table = tomllib.loads(reference("rules.toml").read_text("utf-8"))
    return {(stage, rule): words for stage, rules in table.items() for rule, words in rules.items()}


_INFERRED = "_inferred"


def explain(stage: str, rule: str, reason: str = "") -> str:
    """Why a rule changed or dropped something, as a clause for people; the rule's own name if nobody wrote one.

    A chain of rules is explained part by part, and what was inferred is said to be. `reason` fills the rule's
    `{reason}`: how the main content was found.
    """
    known = _rule_words()
    parts = rule.removesuffix(_INFERRED).split("+")
    words = ", then ".join(known.get((stage, part), part.replace("_", " ")) for part in parts)
    if rule.endswith(_INFERRED):
        words += "; bytes were lost, so the likeliest text was inferred from what is left"
    return words.replace("{reason}", reason or "the part with nearly all of its prose")
