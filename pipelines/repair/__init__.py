"""bytes → readable text: charset, mojibake, pinyin, script, characters.

`repair(capture)` reads top to bottom: decode on evidence, then one step of edits after the other, each counted in the
text the step before it left. The order is the one that works on the hijacked copies: shifted bytes are mended while
the pinyin stumps still show where they are; odd characters go before they can hide a pinyin bracket; pinyin goes
before the script conversion reads phrases.
"""

from __future__ import annotations

from pipelines.model import Capture, Edit, Finding, Repaired
from pipelines.repair.byte_shift import byte_shift_edits
from pipelines.repair.characters import character_edits
from pipelines.repair.charset import decide
from pipelines.repair.entities import entity_edits
from pipelines.repair.holes import characters_lost, digits_lost
from pipelines.repair.mojibake import mojibake_edits
from pipelines.repair.pinyin import is_annotated, pinyin_edits
from pipelines.repair.script import script_edits, script_of
from pipelines.trace import apply_edits

__all__ = ["repair"]


def repair(capture: Capture) -> Repaired:
    """The reading form of a capture's body, with every change and every loss. Never raises."""
    decoded = decide(capture.body, capture.headers)
    work = _Work(decoded.text, list(decoded.findings))
    if decoded.text:
        work.apply(entity_edits(work.text, work.step))
        for damage in (mojibake_edits, byte_shift_edits):
            mended = damage(work.text, work.step)
            work.apply(mended.edits)
            work.flags.extend(mended.flags)
            work.findings.extend(mended.findings)
        work.apply(character_edits(work.text, work.step))
        annotated = work.text
        edits = pinyin_edits(work.text, work.step)
        work.apply(edits)
        if is_annotated(edits, annotated):
            work.flags.append("pinyin_annotations")
    script = script_of(work.text)
    if decoded.text:
        work.apply(script_edits(work.text, work.step))
        for lost, flag in ((digits_lost, "digits_lost"), (characters_lost, "characters_lost")):
            if findings := lost(work.text):
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
    """The text as it is now, the step that comes next, and what was noted on the way."""

    __slots__ = ("edits", "findings", "flags", "step", "text")

    def __init__(self, text: str, findings: list[Finding]) -> None:
        self.text = text
        self.findings = findings
        self.flags: list[str] = []
        self.edits: list[Edit] = []
        self.step = 0

    def apply(self, edits: list[Edit]) -> None:
        if edits:
            self.text = apply_edits(self.text, edits)
            self.edits.extend(edits)
            self.step += 1
