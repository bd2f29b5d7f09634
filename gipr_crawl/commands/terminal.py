"""Talking to a person: progress on a terminal, plain lines elsewhere, errors as one sentence."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

# Pages are hostile: what they say is printed without control characters, so that no title can steer a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


class CommandError(Exception):
    """A command cannot do what it was asked; the text is one sentence with the way out."""


def safe(text: object) -> str:
    """Text from a page, fit for a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(text))


def say(text: str = "") -> None:
    """A line of the command's result."""
    sys.stdout.write(text + "\n")


def warn(text: str) -> None:
    """A line about the work, not part of its result."""
    sys.stderr.write(text + "\n")


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[str], None]]:
    """A function to call after each step with a word on it: a bar on a terminal, a line each tenth elsewhere."""
    if sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=total)

            def step(word: str) -> None:
                bar.update(task, advance=1, description=f"{label} {safe(word)[:40]}")

            yield step
        return
    done = 0
    every = max(1, total // 10)

    def count(_word: str) -> None:
        nonlocal done
        done += 1
        if total >= 20 and (done % every == 0 or done == total):
            warn(f"{label}: {done} of {total}")

    yield count
