"""bytes → readable text: charset, mojibake, pinyin, script, characters.

`repair(capture)` reads top to bottom: decode on evidence, then one step of edits after the other, each counted in the
text the step before it left. The order is the one that works on the hijacked copies: shifted bytes are mended while
the pinyin stumps still show where they are; odd characters go before they can hide a pinyin bracket; pinyin goes
before the script conversion reads phrases. Steps whose damage shows in the sketch look there first.
"""

from __future__ import annotations

from pipelines.model import Capture, Edit, Finding, Repaired
from pipelines.repair.byte_shift import byte_shift_edits
from pipelines.repair.characters import character_edits
from pipelines.repair.charset import decide
from pipelines.repair.entities import entity_edits
from pipelines.repair.holes import characters_lost, digits_lost
from pipelines.repair.mojibake import MojibakeResult, mojibake_edits
from pipelines.repair.mojibake_suspects import holds_suspects
from pipelines.repair.pinyin import holds_pinyin, is_annotated, pinyin_edits
from pipelines.repair.script import holds_traditional, script_edits, script_of
from pipelines.repair.sketch import sketched
from pipelines.trace import apply_edits

__all__ = ["repair"]


def repair(capture: Capture) -> Repaired:
    """The reading form of a capture's body, with every change and every loss. Never raises."""
    decoded = decide(capture.body, capture.headers)
    work = _Work(decoded.text, list(decoded.findings))
    if decoded.text:
        work.apply(entity_edits(work.text, work.step))
        if holds_suspects(work.sketch):
            work.take(mojibake_edits(work.text, work.step, work.sketch))
        work.take(byte_shift_edits(work.text, work.step))
        work.apply(character_edits(work.text, work.step, work.sketch))
        if holds_pinyin(work.text, work.sketch):
            annotated = work.text
            edits = pinyin_edits(work.text, work.step)
            work.apply(edits)
            if is_annotated(edits, annotated):
                work.flags.append("pinyin_annotations")
    script = script_of(work.sketch)
    if holds_traditional(work.sketch):
        work.apply(script_edits(work.text, work.step))
    for lost, flag in ((digits_lost, "digits_lost"), (characters_lost, "characters_lost")):
        if lost(work.sketch) and (findings := lost(work.text)):
            work.flags.append(flag)
            work.findings.extend(findings)
    if decoded.evidence.bytes_replaced:
        work.flags.append("characters_lost")
    return Repaired(
        decoded=decoded.text,
        text=work.text,
        charset=decoded.charset,
        charset_evidence=decoded.evidence,
        script=script,
        edits=work.edits,
        flags=list(dict.fromkeys(work.flags)),
        findings=work.findings,
    )


class _Work:
    """The text as it is now with its sketch, the step that comes next, and what was noted on the way."""

    __slots__ = ("edits", "findings", "flags", "sketch", "step", "text")

    def __init__(self, text: str, findings: list[Finding]) -> None:
        self.text = text
        self.sketch = sketched(text)
        self.findings = findings
        self.flags: list[str] = []
        self.edits: list[Edit] = []
        self.step = 0

    def apply(self, edits: list[Edit]) -> None:
        if edits:
            self.text = apply_edits(self.text, edits)
            self.sketch = sketched(self.text)
            self.edits.extend(edits)
            self.step += 1

    def take(self, mended: MojibakeResult) -> None:
        self.apply(mended.edits)
        self.flags.extend(mended.flags)
        self.findings.extend(mended.findings)
