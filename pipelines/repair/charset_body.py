"""What a body is before it is text: unpacked when it came gzipped unasked, told apart when it is no page at all."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from pipelines.model import Finding

MAX_BODY_BYTES = 20 * 1024 * 1024  # the crawl's own DOWNLOAD_MAXSIZE; no report page comes near
_GZIP = b"\x1f\x8b"
_GZIP_STEP = 4096
_GZIP_MEMBERS = 16  # streams one after the other, as a server that flushes writes them
_GZIP_LAYERS = 3  # a proxy that zips what a server has zipped; more is an attack
_TEXT_CONTROLS = b"\t\n\x0b\x0c\r\x1b"  # ESC opens the character sets of ISO-2022
_CONTROLS = bytes(set(range(0x20)) - set(_TEXT_CONTROLS)) + b"\x7f"
_CONTROL_SHARE = 0.05  # pages with stray controls stay under 1 %, compressed or random data has about 10 %
_PROBE_BYTES = 8192

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\0\0\x01\0", "an icon"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document (docx, xlsx)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (doc, xls, ppt, wps)"),
    (b"{\\rtf", "an RTF document"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh91AY&SY", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"ID3\x03", "an MP3 recording"),
    (b"ID3\x04", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"FLV\x01", "a Flash video"),
    (b"wOFF", "a web font"),
    (b"wOF2", "a web font"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
)  # fmt: skip
_STARTS = tuple(magic for magic, _ in _MAGIC)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The bytes to decode, and what was met on the way to them."""

    body: bytes
    findings: tuple[Finding, ...] = ()


def unpack(body: bytes) -> Unpacked:
    """Undo gzip that nobody asked for, at most 20 MB of it; a body over 20 MB comes back empty with a Finding."""
    findings: list[Finding] = []
    for _ in range(_GZIP_LAYERS):
        if not body.startswith(_GZIP) or len(body) > MAX_BODY_BYTES:
            break
        body, is_whole = _gunzipped(body)
        if len(body) > MAX_BODY_BYTES:
            break
        if not is_whole:
            detail = "the gzipped body breaks off or is damaged; what could be unpacked was kept"
            findings.append(Finding("repair", "truncated", detail))
    if len(body) > MAX_BODY_BYTES:
        findings.append(Finding("repair", "too_large", f"the body is over {MAX_BODY_BYTES >> 20} MB and was not read"))
        body = b""
    return Unpacked(body, tuple(findings))


def _gunzipped(body: bytes) -> tuple[bytes, bool]:
    """All that can be unpacked, one byte over the bound at most, and whether nothing was amiss."""
    texts: list[bytes] = []
    size = 0
    for _ in range(_GZIP_MEMBERS):
        stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            # Small steps, so that a fault in the middle loses no more than the step it is in.
            for start in range(0, len(body), _GZIP_STEP):
                step = stream.decompress(body[start : start + _GZIP_STEP], MAX_BODY_BYTES + 1 - size)
                texts.append(step)
                size += len(step)
                if size > MAX_BODY_BYTES or stream.eof:
                    break
        except zlib.error:
            return b"".join(texts), False
        body = stream.unused_data + body[start + _GZIP_STEP :]
        if not stream.eof or not body.startswith(_GZIP):
            break
    return b"".join(texts), stream.eof


def not_a_page(body: bytes) -> Finding | None:
    """Why `body` is no text: empty, or of a kind known by its first bytes."""
    if not body or body.isspace():
        return Finding("repair", "empty_body", "the body is empty")
    start = body[:1024].lstrip(b" \t\r\n\xef\xbb\xbf")
    for magic, what in _MAGIC if start.startswith(_STARTS) or body.startswith(_STARTS) else ():
        if start.startswith(magic) or body.startswith(magic):
            return Finding("repair", "binary_body", f"the body is {what}, not a page")
    if start.startswith(b"RIFF") and start[8:12] in (b"WEBP", b"AVI ", b"WAVE"):
        return Finding("repair", "binary_body", "the body is a RIFF image or recording, not a page")
    if start[4:8] == b"ftyp":
        return Finding("repair", "binary_body", "the body is an MP4 video or HEIF image, not a page")
    return None


def looks_binary(body: bytes) -> Finding | None:
    """Why `body` is no text: more control bytes than a page has. UTF-16 has them too and must be ruled out before."""
    probe = body[:_PROBE_BYTES]
    controls = len(probe) - len(probe.translate(None, _CONTROLS))
    if controls <= _CONTROL_SHARE * len(probe):
        return None
    share = round(100 * controls / len(probe))
    return Finding("repair", "binary_body", f"the body is no text: {share} % of its first bytes are control characters")
