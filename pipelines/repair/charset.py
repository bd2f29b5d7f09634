"""Which charset a body is in, decided on evidence and decoded with as little loss as possible.

A byte-order mark and strictly valid UTF-8 settle the matter. Otherwise samples of the body are read in every charset a
Chinese page comes in and in those it declares, and the reading that looks most like writing wins: declarations are
often false, and one damaged byte must not decide. Near ties are put to resiliparse's and chardet's detectors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.model import CharsetAttempt, CharsetEvidence, Finding
from pipelines.repair.charset_body import looks_binary, not_a_page, unpack
from pipelines.repair.charset_contest import Verdict, contest
from pipelines.repair.charset_declared import Declared, codec_of, declarations
from pipelines.repair.charset_mixed import may_hide_utf8, read_mixed
from pipelines.repair.charset_score import hanzi_score
from pipelines.repair.charset_tolerant import REPLACEMENT, Reading, read_tolerantly
from pipelines.repair.charset_utf16 import utf16_without_mark

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SEVEN_BIT = {"iso-2022-jp": b"\x1b$"}
