"""The floors of `tests/floors.toml`, for benchmarks that print against them and tests that hold them."""

from __future__ import annotations

import tomllib
from pathlib import Path


def floors(room: str) -> dict[str, dict[str, float]]:
    """The floors of a room by part and measure."""
    return tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))[room]


def line(what: str, measured: float, floor: float, *, at_most: bool = False, unit: str = "") -> str:
    """One figure beside its floor, with a word on whether it holds."""
    holds = measured <= floor if at_most else measured >= floor
    bound = "at most" if at_most else "at least"
    return f"{'holds ' if holds else 'MISSES'}  {what:<58} {measured:>10.4g}{unit}  ({bound} {floor:g}{unit})"
