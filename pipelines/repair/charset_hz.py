"""HZ (RFC 1843): GB 2312 in seven bits between `~{` and `~}`, met on the oldest mirrors and in mail archives."""

from __future__ import annotations

import re

from pipelines.repair.charset_score import hanzi_score
from pipelines.repair.charset_tolerant import Reading, read_closely

# "~" may be the second byte of a character, but no first byte is "{" or "}". The line's end closes a run too.
_RUN = re.compile(rb"~\{([^\n~]*+(?:~(?![{}])[^\n~]*+)*+)(~\}|(?=~\{)|\n|\Z)")
# A run whose opening sign lost a byte: only its closing sign shows it, and it begins after "{", "~" or a tag.
_UNOPENED = re.compile(rb"([{~]?)([!-w][!-~](?:[^\n~{>]|~(?![{}]))*)~\}")
_EIGHT_BITS = bytes(range(0x80, 0x100))
_HIGH = bytes(range(0x21)) + bytes(code | 0x80 for code in range(0x21, 0x7F)) + bytes(range(0x7F, 0x100))

_PROBE_RUNS = 12
# What is tried of each run: its start, which is enough for a healthy page; more of it; and that from the second byte on,
# which reads well where the first was lost.
_PROBES = (slice(0, 40), slice(0, 400), slice(1, 401))
_SAMPLE_BYTES = 4096  # spread over the body: scripts fill the first half of many a page
_SEVEN_BIT_SHARE = 0.98  # a damaged byte or two may have their eighth bit set
_CHINESE_SCORE = 3.0  # code with "~{" in it reads as rare hanzi, below 1


def looks_like_hz(body: bytes) -> bool:
    """Whether `body` is in seven bits and what stands between `~{` and `~}` reads as Chinese."""
    if b"~" not in body or not _is_in_seven_bits(body):
        return False
    runs = [run[1] for _, run in zip(range(_PROBE_RUNS), _RUN.finditer(body), strict=False) if len(run[1]) > 1]
    return any(_is_chinese("".join(_pairs(run[probe]).text for run in runs)) for probe in _PROBES)


def _is_chinese(text: str) -> bool:
    return len(text) > 1 and hanzi_score(text) >= _CHINESE_SCORE


def _is_in_seven_bits(body: bytes) -> bool:
    if body.isascii():
        return True
    sample = body[:: len(body) // _SAMPLE_BYTES | 1]  # odd, so that first and second bytes of pairs both come up
    return len(sample.translate(None, _EIGHT_BITS)) >= _SEVEN_BIT_SHARE * len(sample)


def read_hz(body: bytes) -> Reading:
    """Decode HZ whatever its damage; `~~` is a tilde, `~` at the line's end joins two lines."""
    head, tilde, rest = body.partition(b"~")  # the codec takes 2 ns for a byte of ASCII
    try:
        return Reading(head.decode("ascii") + (tilde + rest).decode("hz"), 0)
    except UnicodeDecodeError:
        return _read_damaged(body)


def _read_damaged(body: bytes) -> Reading:
    texts: list[str] = []
    place = lost = 0
    for run in _RUN.finditer(body):
        plain = _read_plain(body[place : run.start()])
        pairs = _read_run(run[1], is_closed=run[2] == b"~}")
        texts += (plain.text, pairs.text, "\n" if run[2] == b"\n" else "")
        lost += plain.lost + pairs.lost
        place = run.end()
    plain = _read_plain(body[place:])
    return Reading("".join((*texts, plain.text)), lost + plain.lost)


def _read_run(run: bytes, is_closed: bool) -> Reading:
    # A run that nothing closes goes on into markup: its characters end at the first tag.
    tag = -1 if is_closed else run.find(b"</")
    pairs, rest = (run, b"") if tag < 0 else (run[:tag], run[tag:])
    reading = _pairs(pairs)
    return Reading(reading.text + rest.decode("ascii", "replace"), reading.lost)


def _pairs(run: bytes) -> Reading:
    run = run.translate(_HIGH)
    try:
        return Reading(run.decode("gb18030"), 0)
    except UnicodeDecodeError:
        return read_closely(run, "gb18030")


def _read_plain(plain: bytes) -> Reading:
    texts: list[str] = []
    place = lost = 0
    for run in _UNOPENED.finditer(plain) if b"~}" in plain else ():
        reading = _pairs(run[2])
        if hanzi_score(reading.text) >= _CHINESE_SCORE:
            texts += (_ascii(plain[place : run.start()]), reading.text)
            lost += reading.lost + len(run[1])
            place = run.end()
    texts.append(_ascii(plain[place:]))
    return Reading("".join(texts), lost)


def _ascii(plain: bytes) -> str:
    return plain.replace(b"~~", b"~").replace(b"~\n", b"").decode("ascii", "replace")
