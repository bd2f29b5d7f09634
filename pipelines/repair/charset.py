"""Which charset a body is in, decided on evidence and decoded with as little loss as possible.

A byte-order mark and strictly valid UTF-8 settle the matter. Otherwise samples of the body are read in every charset a
Chinese page comes in and in those it declares, and the reading that looks most like writing wins: declarations are
often false, and one damaged byte must not decide. Near ties are put to resiliparse's and chardet's detectors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipelines.model import CharsetAttempt, CharsetEvidence, Finding
from pipelines.repair.charset_body import looks_binary, not_a_page, unpack
from pipelines.repair.charset_contest import contest
from pipelines.repair.charset_declared import Declared, codec_of, declarations
from pipelines.repair.charset_hz import looks_like_hz, read_hz
from pipelines.repair.charset_mixed import may_hide_utf8, read_mixed
from pipelines.repair.charset_score import hanzi_score, text_bits
from pipelines.repair.charset_strict import decode_strictly, has_private_characters
from pipelines.repair.charset_tolerant import (
    REPLACEMENT,
    Reading,
    read_closely,
    read_tolerantly,
    utf16_slipped,
)
from pipelines.repair.charset_utf16 import utf16_without_mark

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DOUBLE_BYTE = frozenset({"gb18030", "big5hkscs"})
_UTF16 = frozenset({"utf-16-le", "utf-16-be"})
_MIXABLE = _DOUBLE_BYTE | {"utf-8"}
_SEAM_BYTES = 6  # one damaged character leaves at most five bytes, an included file more
_SMALL_BYTES = 8192  # a slip in so small a page is a good part of it, and looking at every run costs under 1 ms
_UTF8_TAIL = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
_C1_BYTES = bytes(range(0x80, 0xA0))

# Only so few bytes beyond ASCII can be GB characters that happen to be valid UTF-8.
_FEW_BYTES = 16
_CHINESE_SCORE = 3.0
_PROBE_BYTES = 1024
_NO_WRITING_BITS = 14.0  # mean bits a character: a text read in a wrong UTF-16 costs more, any writing less


@dataclass(slots=True)
class Decoded:
    """A body as text. `charset` is None and `text` "" when there is no text, which a Finding explains."""

    text: str
    charset: str | None
    evidence: CharsetEvidence
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A charset settled on; `body` is what is to be decoded, without its byte-order mark."""

    body: bytes
    charset: str
    evidence: CharsetEvidence
    text: str | None = None  # the decoding, where choosing made it already
    is_plausible: bool = True


def decide(body: bytes, headers: Mapping[str, str]) -> Decoded:
    """Decode `body`; never raises.

    `headers` are the HTTP response headers, names in any case. The charset is `utf-8`, `gb18030` (for every GB name),
    `big5hkscs`, `hz`, `utf-16-le`, `utf-16-be`, or another one the page declares (or, where nothing Chinese fits,
    is plainly written in: accented Latin, an alphabet). Findings:
    `empty_body`, `binary_body`, `too_large`, `truncated`, `characters_lost`, `mixed_charset`, `charset_uncertain`.
    """
    unpacked = unpack(body)
    findings = list(unpacked.findings)
    body = unpacked.body
    if any(finding.code == "too_large" for finding in findings):
        return Decoded("", None, CharsetEvidence("nothing was read"), findings)
    declared = declarations(body, headers)
    no_text = not_a_page(body)
    choice = None if no_text else _by_mark(body, declared) or _by_nuls(body, declared)
    if choice is None:
        no_text = no_text or looks_binary(body)
        if no_text:
            evidence = CharsetEvidence(no_text.detail, declared.header, declared.meta)
            return Decoded("", None, evidence, [*findings, no_text])
        choice = _by_escapes(body, declared) or _by_validity(body, declared) or _by_likeness(body, declared)
    return _decode(choice, findings)


def _by_mark(body: bytes, declared: Declared) -> _Choice | None:
    """The charset of the byte-order mark, if the body bears it out."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            choice = _choice(body[len(mark) :], charset, f"byte-order mark of {charset}", declared, bom=charset)
            return choice if _bears_out(choice) else None
    return None


def _bears_out(choice: _Choice) -> bool:
    probe = choice.body[:_PROBE_BYTES]
    if choice.charset.startswith("utf-16"):
        text = probe.decode(choice.charset, "replace")
        return text_bits(text) <= _NO_WRITING_BITS * len(text)
    return _is_strict(choice)


def _is_strict(choice: _Choice) -> bool:
    try:
        choice.body.decode(choice.charset)
    except UnicodeDecodeError:
        return False
    return True


def _by_nuls(body: bytes, declared: Declared) -> _Choice | None:
    charset = utf16_without_mark(body) if b"\0" in body else None
    return _choice(body, charset, f"NUL bytes stand where {charset} has them", declared) if charset else None


def _by_escapes(body: bytes, declared: Declared) -> _Choice | None:
    if looks_like_hz(body):
        return _choice(body, "hz", "Chinese between the escapes of HZ", declared)
    return None


def _by_validity(body: bytes, declared: Declared) -> _Choice | None:
    """Strictly valid UTF-8, or ISO-2022-JP, which is ASCII to the eye."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if text.isascii():
        if "iso-2022-jp" in declared.charsets() and "\x1b$" in text:
            choice = _choice(body, "iso-2022-jp", "declared, and its escapes are there", declared)
            if _is_strict(choice):
                return choice
    elif len(body) - len(text) <= _FEW_BYTES and _is_rather_gb18030(body, text, declared):
        return None
    reason = "valid UTF-8" if not text.isascii() else "ASCII alone"
    evidence = CharsetEvidence(reason, declared.header, declared.meta, None, (CharsetAttempt("utf-8", 0),))
    return _Choice(body, "utf-8", evidence, text)


def _is_rather_gb18030(body: bytes, text: str, declared: Declared) -> bool:
    """Whether valid UTF-8 is the GB18030 it declares to be: 模 is C4 A3, and so is ģ.

    Signs with the lead byte C2 (© · » and the non-breaking space) are on pages of every kind and prove nothing.
    """
    if "gb18030" not in declared.charsets() or "utf-8" in declared.charsets():
        return False
    if any(character >= "\u0800" or "\x7f" < character < "\xc0" for character in text):
        return False
    try:
        return hanzi_score(body.decode("gb18030")) >= _CHINESE_SCORE
    except UnicodeDecodeError:
        return False


def _by_likeness(body: bytes, declared: Declared) -> _Choice:
    """The charset whose reading looks most like writing; a UTF-8 or UTF-16 mark that the body belies is dropped."""
    mark = next((mark for mark, _ in _MARKS if body.startswith(mark)), b"")
    body = body[len(mark) :]
    try:
        body.decode("utf-8")
        suspect = 0
    except UnicodeDecodeError as error:
        suspect = error.start
        if error.reason == "unexpected end of data" and not body[:suspect].isascii():
            return _choice(body, "utf-8", "valid UTF-8 cut off inside its last character", declared)
    verdict = contest(body, declared.charsets(), suspect)
    evidence = CharsetEvidence(verdict.reason, declared.header, declared.meta, None, verdict.tried)
    return _Choice(body, verdict.charset, evidence, is_plausible=verdict.is_plausible)


def _choice(body: bytes, charset: str, reason: str, declared: Declared, bom: str | None = None) -> _Choice:
    return _Choice(body, charset, CharsetEvidence(reason, declared.header, declared.meta, bom))


def _decode(choice: _Choice, findings: list[Finding]) -> Decoded:
    """Decode the chosen charset: strictly if it can be, else with the least loss."""
    body, charset, evidence = choice.body, choice.charset, choice.evidence
    reading = Reading(choice.text, 0) if choice.text is not None else _read(body, charset)
    is_mixed = False
    if charset in _MIXABLE and (reading.lost >= _SEAM_BYTES or may_hide_utf8(reading.dense or reading.text, charset)):
        mixture = read_mixed(body, charset)
        is_mixed = mixture is not None
        if mixture:
            reading = Reading(mixture.text, mixture.lost)
            others = ", ".join(f"{count} pieces in {name}" for name, count in mixture.others.items())
            evidence = replace(evidence, reason=f"{evidence.reason}; {others}")
            findings.append(Finding("repair", "mixed_charset", f"the page is in {charset}, but {others}"))
    if reading.lost and reading.text.rstrip(REPLACEMENT) and reading.text.endswith(REPLACEMENT):
        reading = _without_tail(reading, body, charset)
        findings.append(Finding("repair", "truncated", "the body breaks off inside a character, which was dropped"))
    lost_characters = reading.text.count(REPLACEMENT) if REPLACEMENT in reading.text else 0
    if lost_characters:
        detail = f"{lost_characters} characters cannot be read ({reading.lost} bytes damaged in this capture)"
        findings.append(Finding("repair", "characters_lost", detail))
    if not choice.is_plausible and not is_mixed:
        detail = f"no charset makes the body look like writing; {charset} is the least bad"
        findings.append(Finding("repair", "charset_uncertain", detail))
    if reading.lost:
        evidence = replace(evidence, bytes_replaced=reading.lost)
    return Decoded(reading.text, _public_name(charset, body), evidence, findings)


def _read(body: bytes, charset: str) -> Reading:
    if charset in _DOUBLE_BYTE:
        return _read_double_byte(body, charset)
    if charset == "hz":
        return read_hz(body)
    codec = codec_of(charset)
    try:
        text = body.decode(codec)
    except UnicodeDecodeError:
        return read_tolerantly(body, codec)
    has_slipped = charset in _UTF16 and utf16_slipped(body, charset)
    return read_tolerantly(body, charset) if has_slipped else Reading(text, 0)


def _read_double_byte(body: bytes, charset: str) -> Reading:
    """Read GB18030 or Big5; closely where a slip may have met no impossible byte.

    Such a slip still shows: of 94 × 94 GB 2312 codes a sixth are private characters in GB18030, so a slipped run of ten
    characters nearly always has one, and a page in ten thousand characters hardly ever.
    """
    if len(body) <= _SMALL_BYTES:
        return read_closely(body, charset)
    strict = decode_strictly(body, charset)
    if strict:
        return read_closely(body, charset) if strict.has_private else Reading(strict.text, 0, strict.dense)
    reading = read_tolerantly(body, charset)
    return read_closely(body, charset) if has_private_characters(reading.text) else reading


def _without_tail(reading: Reading, body: bytes, charset: str) -> Reading:
    fragment = _UTF8_TAIL.search(body[-4:]) if charset == "utf-8" else None
    dropped = len(fragment[0]) if fragment else 1
    return Reading(reading.text.removesuffix(REPLACEMENT), max(reading.lost - dropped, 0))


def _public_name(charset: str, body: bytes) -> str:
    """`iso-8859-1` where the body has none of the bytes in which windows-1252 differs from it."""
    is_latin1 = charset == "windows-1252" and len(body.translate(None, _C1_BYTES)) == len(body)
    return "iso-8859-1" if is_latin1 else charset
