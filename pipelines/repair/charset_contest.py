"""The contest: which charset makes a body look most like writing, judged on samples of its non-ASCII bytes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import chardet
from resiliparse.parse.encoding import detect_encoding

from pipelines.model import CharsetAttempt
from pipelines.repair.charset_declared import charset_of, codec_of
from pipelines.repair.charset_score import hanzi_score, text_bits
from pipelines.repair.charset_tolerant import REPLACEMENT, read_closely

_DOUBLE_BYTE = ("gb18030", "big5hkscs")
_CHINESE = ("utf-8", "gb18030", "big5hkscs")
_NOT_BY_SAMPLE = frozenset({"hz", "utf-16-le", "utf-16-be", "iso-2022-jp"})

# Right and wrong reading lie about 4 bits a byte apart in running Chinese; below this gap the small sample does not
# settle the matter. Votes are worth less than half of that, so that they break ties and overrule no clear reading.
_CLEAR_GAP = 1.0
_RESILIPARSE_VOTE = 0.4
_DECLARED_VOTE = 0.3
_CHARDET_VOTE = 0.1
_LATIN_VOTE = 1.0  # a few accents prove no alphabet, so an undeclared one must do better than Latin by that much
_ALPHABET_SCORE = 9.0  # running Russian or Greek has 9.5 to 10.5, damaged GB read as Cyrillic at most 8.5
_PAIRED_SHARE = 0.3
_PLAUSIBLE_SCORE = 1.5  # `hanzi_score` of rubbish is below 0, of the poorest healthy sample (names, symbols) about 3

# Healthy samples of 60 characters and more score 4 to 6.5 in the right charset; in a wrong one none was above 1.
_SURE_SCORE = 3.5
_SURE_LENGTH = 60

# A run begins with a byte that can begin a character and ends where reading starts afresh in every charset tried.
_RUN = re.compile(rb"([\x80-\xff][^\x00-\x2f\x3a-\x3f]{0,119})[^\x00-\x2f\x3a-\x3f]*")
_RUN_BYTES = 120
_FRESH_START = re.compile(rb"[\x00-\x2f\x3a-\x3f]")
_PAIR = re.compile(rb"[\x80-\xff]{2}")
_HIGH_BYTES = bytes(range(0x80, 0x100))
_WINDOW_SPAN = 16 * 1024
_UTF16_PROBE = 2048
_CLOSE_BYTES = 1024  # of a large sample; the path search is slow and ties are rare


@dataclass(frozen=True, slots=True)
class Verdict:
    """The winner, why it won, and what every charset tried made of the sample."""

    charset: str
    reason: str
    tried: tuple[CharsetAttempt, ...]
    is_plausible: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    charset: str
    text: str
    bits: float
    score: float


def contest(body: bytes, declared: list[str], suspect: int) -> Verdict:
    """The charset of `body`, which is not valid UTF-8: its first offending byte is at `suspect`.

    `declared` are the charsets the page claims.
    """
    sample = _sample(body, windows=3, size=120, suspect=suspect)
    readings = _settled(sample, declared) or _ranked(sample, [*_CHINESE, *declared], _plainly)
    how = "reads best in a sample"
    if _gap(readings, sample) < _CLEAR_GAP or not _is_plausible(readings):
        sample = _sample(body, windows=8, size=1024, suspect=suspect)
        readings = _ranked(sample, [*_CHINESE, *declared], _closely, _votes(body, sample, declared))
        how = "reads best in a large sample, detectors consulted"
    if not _is_plausible(readings):
        readings = _with_outsiders(body, sample, declared)
        how = "reads best among the charsets that detectors propose" if _is_plausible(readings) else "reads least badly"
    return Verdict(
        charset=readings[0].charset,
        reason=_reason(readings[0].charset, declared, how),
        tried=tuple(
            CharsetAttempt(reading.charset, reading.text.count(REPLACEMENT), round(reading.score, 2))
            for reading in readings
        ),
        is_plausible=_is_plausible(readings),
    )


def _is_plausible(readings: list[_Reading]) -> bool:
    return readings[0].score >= _PLAUSIBLE_SCORE


def _reason(charset: str, declared: list[str], how: str) -> str:
    if charset in declared:
        return f"declared, and {how}"
    if declared:
        return f"{how}; declared {', '.join(declared)} does not fit"
    return f"{how}; nothing usable declared"


def _sample(body: bytes, windows: int, size: int, suspect: int) -> bytes:
    """Runs of non-ASCII bytes, a line each, about `size` bytes from each of `windows` places spread over `body`.

    The first place is the suspect one, which spares the search through the scripts at a page's head.
    """
    if len(body) <= 2 * windows * size:
        return b"\n".join(_runs(body, 0, windows * size))
    places = [max(suspect - _RUN_BYTES, 0), *(len(body) * window // windows for window in range(1, windows))]
    runs: list[bytes] = []
    for place in places:
        fresh = _FRESH_START.search(body, place)
        runs += _runs(body, fresh.start() if fresh else place, size)
    return b"\n".join(runs or _runs(body, suspect, size))


def _runs(body: bytes, start: int, wanted: int) -> list[bytes]:
    runs: list[bytes] = []
    for run in _RUN.finditer(body, start, min(start + _WINDOW_SPAN, len(body))):
        runs.append(run[1])
        wanted -= len(run[1])
        if wanted <= 0:
            break
    return runs


def _plainly(sample: bytes, charset: str) -> str:
    return sample.decode(charset, "replace")


def _closely(sample: bytes, charset: str) -> str:
    if charset == "utf-8":
        return _plainly(sample, charset)
    return read_closely(sample[:_CLOSE_BYTES], charset).text + sample[_CLOSE_BYTES:].decode(charset, "replace")


def _settled(sample: bytes, declared: list[str]) -> list[_Reading]:
    """The reading without error that is as good as Chinese gets, so that no other Chinese one need be made, ranked with
    those in declared charsets that are not Chinese; nothing if there is none."""
    # A run cut at its 120th byte may end in half a character, which is no error.
    cut = sum(len(run) == _RUN_BYTES for run in sample.split(b"\n"))
    outsiders = [charset for charset in declared if charset not in _CHINESE]
    for charset in dict.fromkeys([*(name for name in declared if name in _DOUBLE_BYTE), *_DOUBLE_BYTE]):
        text = sample.decode(charset, "replace")
        score = hanzi_score(text)
        if score >= _SURE_SCORE and len(text) >= _SURE_LENGTH and text.count(REPLACEMENT) <= cut:
            return (
                _ranked(sample, [charset, *outsiders], _plainly) if outsiders else [_Reading(charset, text, 0.0, score)]
            )
    return []


def _ranked(
    sample: bytes, charsets: list[str], read: Callable[[bytes, str], str], votes: Mapping[str, float] | None = None
) -> list[_Reading]:
    """The readings of `sample`, likeliest first; charsets outside the Chinese ones must read it without error."""
    weight = _non_ascii(sample)
    readings = []
    for charset in dict.fromkeys(charsets):
        if charset in _NOT_BY_SAMPLE:
            continue
        try:
            text = read(sample, charset) if charset in _CHINESE else sample.decode(codec_of(charset))
        except UnicodeDecodeError:
            continue
        vote = (votes or {}).get(charset, 0.0) * weight
        readings.append(_Reading(charset, text, text_bits(text) - vote, hanzi_score(text)))
    return sorted(readings, key=lambda reading: reading.bits)


def _gap(readings: list[_Reading], sample: bytes) -> float:
    """How far ahead the first reading is, in bits a non-ASCII byte; a single reading has no rival."""
    if len(readings) < 2:
        return math.inf
    return (readings[1].bits - readings[0].bits) / max(_non_ascii(sample), 1)


def _non_ascii(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, _HIGH_BYTES))


def _votes(body: bytes, sample: bytes, declared: list[str]) -> dict[str, float]:
    votes = dict.fromkeys(declared, _DECLARED_VOTE)
    for charset, weight in zip(_proposals(body, sample), (_RESILIPARSE_VOTE, _CHARDET_VOTE), strict=True):
        if charset:
            votes[charset] = votes.get(charset, 0.0) + weight
    return votes


def _proposals(body: bytes, sample: bytes) -> tuple[str | None, str | None]:
    """What resiliparse and chardet take the body for."""
    by_resiliparse = detect_encoding(body[: 64 * 1024], html5_compatible=False)
    by_chardet = chardet.detect(sample[:2048]).get("encoding")
    return charset_of(by_resiliparse or ""), charset_of(by_chardet or "")


def _with_outsiders(body: bytes, sample: bytes, declared: list[str]) -> list[_Reading]:
    """All readings again, with accented Latin, alphabets that detectors propose, and UTF-16 that has no NUL byte."""
    latin = ["windows-1252"] if _has_accents_only(sample) else []
    proposed = [charset for charset in _proposals(body, sample) if charset and charset not in _CHINESE]
    known = [*_CHINESE, *declared, *latin]
    ranked = [
        reading
        for reading in _ranked(sample, [*known, *proposed], _closely, dict.fromkeys(latin, _LATIN_VOTE))
        if reading.charset in known or reading.score >= _ALPHABET_SCORE
    ]
    rate = ranked[0].bits / max(len(sample), 1)
    even = body[: min(len(body), _UTF16_PROBE) // 2 * 2]
    for charset in ("utf-16-le", "utf-16-be"):
        text = even.decode(charset, "replace")
        reading = _Reading(charset, text, text_bits(text), hanzi_score(text))
        if _is_hanzi_mostly(text) and reading.score >= _PLAUSIBLE_SCORE and reading.bits / len(even) < rate:
            return [reading, *ranked]
    return ranked


def _has_accents_only(sample: bytes) -> bool:
    """Whether most non-ASCII bytes stand alone, as accented letters do among plain ones."""
    return 2 * len(_PAIR.findall(sample)) < _PAIRED_SHARE * _non_ascii(sample)


def _is_hanzi_mostly(text: str) -> bool:
    return sum("\u4e00" <= character <= "\u9fff" for character in text) > len(text) / 2
