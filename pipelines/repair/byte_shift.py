"""GBK that is read one byte off after a lost lead byte (`行??梢酝ㄟ^` = 行。可以通過)."""

from __future__ import annotations

from pipelines.repair.mojibake import MojibakeResult


def byte_shift_edits(text: str, step: int) -> MojibakeResult:
    """What undoes the byte shifts of `text`. Never raises."""
    return MojibakeResult()
