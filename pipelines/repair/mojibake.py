"""Mojibake: found by runs of script inside a line, undone when a reading clearly beats what is printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.model import Edit, Finding


@dataclass(slots=True)
class MojibakeResult:
    """Edits in coordinates of the text that was given (sorted, not overlapping), page flags, and findings."""

    edits: list[Edit] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def mojibake_edits(text: str, step: int) -> MojibakeResult:
    """What undoes the mojibake of `text`. Never raises."""
    return MojibakeResult()
