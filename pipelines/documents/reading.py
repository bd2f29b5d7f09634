"""What reading a document gives, and the forms its characters take."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.clean.document import Line
from pipelines.model import Finding
from pipelines.repair.characters import character_edits
from pipelines.trace import apply_edits

_SPACES = {0xA0: " ", 0x3000: " ", 0x2002: " ", 0x2003: " "}
_WIDE = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…《》"
_SPACE_BESIDE_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]+|[ \t]+(?=[{_WIDE}])")


@dataclass(slots=True)
class DocumentReading:
    """A document as lines: paragraphs and tables with their grids. What could not be read is among the findings."""

    media_type: str
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, code: str, detail: str) -> None:
        """Note something a person may want to know."""
        self.findings.append(Finding("documents", code, detail))


def plain_characters(text: str) -> str:
    """`text` with radicals as the ordinary characters, without silent ones, by the rules of the repair room."""
    return apply_edits(text, character_edits(text, 0)).translate(_SPACES)


def set_tight(text: str) -> str:
    """`text` without the blanks that typesetting puts beside Chinese characters (`2023 年`); those of Latin text stay."""
    return _SPACE_BESIDE_WIDE.sub("", text).strip()
