"""The raw bytes, safe before anything reads them: WARC files that every web archive tool can read.

Each process writes files of its own, one gzip member a record, in one write each. So a process that dies harms at
most its own last record, and nobody ever writes behind a torn one.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from io import BytesIO, FileIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipelines.model import Capture
from pipelines.store.engine import StoreError

ROLL_AT_BYTES = 1_000_000_000

_CHUNK = 1 << 16
# A field of our own, JSON: what the standard fields cannot carry, or not without loss.
_EXTRA = "Gipr-Capture"
# Text that WARC and HTTP headers bring back exactly: printable ASCII without white space at its ends.
_PLAIN = re.compile(r"(?:[!-~]|[!-~][ -~]*[!-~])?")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# The body of a capture is decoded; a replay tool that meets these headers as they came would decode it again.
_ABOUT_THE_WIRE = frozenset({"content-encoding", "transfer-encoding"})
_ORIGINAL = "X-Archive-Orig-"
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_PLAIN_URL = re.compile(r"[!-;=-~][!-~]*")  # no < at its start: readers take <…> off, an old wget bug
_URL_MARKS = ":/?#[]@!$&'()*+,;=%"


@dataclass(frozen=True, slots=True)
class ArchivedAt:
    """Where a record lies: the file's name in the archive's folder, its first byte there, its length in bytes."""

    file: str
    offset: int
    length: int


class Archive:
    """A folder of WARC files. The folder is made when the first capture is stored."""

    def __init__(self, folder: Path, *, roll_at_bytes: int = ROLL_AT_BYTES) -> None:
        self._folder = folder
        self._roll_at_bytes = roll_at_bytes
        self._file: FileIO | None = None
        self._name = ""

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def store(self, capture: Capture) -> ArchivedAt:
        """Appends one record: a `response`, or for what came without HTTP (a local file) a `resource`.

        Whether the body is there already, `Writer.archived_at` knows. The bytes are with the operating system when
        this returns. Raises StoreError when the folder cannot be written.
        """
        record = _record(capture)
        try:
            file = self._file_with_room()
            offset = file.tell()
            try:
                unwritten = memoryview(record)
                while unwritten:
                    unwritten = unwritten[file.write(unwritten) :]
            except OSError:
                file.truncate(offset)  # a full disk: half a record would end the file for readers
                file.seek(offset)
                raise
        except OSError as error:
            raise StoreError(
                f"cannot write to the archive {self._folder}: {error.strerror}; check its permissions and free space"
            ) from error
        return ArchivedAt(self._name, offset, len(record))

    def load(self, archived: ArchivedAt) -> Capture:
        """The capture as it was stored. Raises StoreError when the archive does not hold it (any more)."""
        path = self._folder / archived.file
        with _reading(path), path.open("rb") as file:
            file.seek(archived.offset)
            record = BytesIO(file.read(archived.length))
            capture = next((_read(member) for _, _, member in _members(record)), None)
            if capture is None:
                raise EOFError("the file ends before the record does")
            return capture

    def captures(self) -> Iterator[tuple[ArchivedAt, Capture]]:
        """Everything stored, file by file in order of name; of a file with a torn end, all before the tear.

        Raises StoreError at a record that was changed.
        """
        for path in sorted(self._folder.glob("*.warc.gz")):
            with _reading(path), path.open("rb") as file:
                for offset, length, member in _members(file):
                    capture = _read(member)
                    if capture is not None:
                        yield ArchivedAt(path.name, offset, length), capture

    def close(self) -> None:
        """Forces what was stored onto the disk and ends the file; the next capture begins another."""
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def _file_with_room(self) -> FileIO:
        if self._file is not None and self._file.tell() >= self._roll_at_bytes:
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            # The clock puts files in order, the random part keeps two processes apart.
            self._name = f"gipr-{datetime.now(UTC):%Y%m%d%H%M%S%f}-{uuid4().hex[:12]}.warc.gz"
            self._file = (self._folder / self._name).open("xb", buffering=0)
        return self._file


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turns whatever is wrong with an archive file into a StoreError that names it."""
    try:
        yield
    except (OSError, EOFError, ArchiveLoadFailed, ValueError, zlib.error) as error:
        raise StoreError(f"cannot read the archive file {path}: {error}; restore it from a copy") from error


def _record(capture: Capture) -> bytes:
    """The capture as one complete gzip member."""
    headers = list(capture.headers.items())
    over_http = capture.http_status is not None and capture.url.startswith(("http://", "https://"))
    extra: dict[str, Any] = {
        name: value for name in ("site", "region_code") if (value := getattr(capture, name)) is not None
    }
    if not _PLAIN_URL.fullmatch(capture.url):
        extra["url"] = capture.url
    if capture.fetched_at is None or not _SECOND.fullmatch(capture.fetched_at):
        extra["fetched_at"] = capture.fetched_at
    if not over_http:
        extra["http_status"] = capture.http_status
    if not over_http or not all(_survives(name, value) for name, value in headers):
        extra["headers"] = dict(headers)
    fields = {"WARC-Date": _warc_date(capture.fetched_at)}
    if extra:
        fields[_EXTRA] = json.dumps(extra)

    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    record = writer.create_warc_record(
        capture.url if "url" not in extra else quote(capture.url, safe=_URL_MARKS, errors="replace") or "about:blank",
        "response" if over_http else "resource",
        BytesIO(capture.body),
        length=len(capture.body),
        warc_content_type="" if over_http else _content_type(headers),
        warc_headers_dict=fields,
        http_headers=_http_headers(capture.http_status, headers) if over_http else None,
    )
    writer.write_record(record)
    return out.getvalue()


def _members(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Offset, length and content of each gzip member, up to the end of the file or to a member that is torn off.

    Done here because warcio takes the readable beginning of a torn record for a record.
    """
    offset, read = file.tell(), b""
    while True:
        unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        length, pieces = 0, []
        while not unpack.eof:
            chunk = read or file.read(_CHUNK)
            if not chunk:
                return
            pieces.append(unpack.decompress(chunk))
            length, read = length + len(chunk), b""
        read = unpack.unused_data
        length -= len(read)
        yield offset, length, b"".join(pieces)
        offset += length


def _read(member: bytes) -> Capture | None:
    """The capture in a record; None for a record of another type. Raises ArchiveLoadFailed for a wrong digest."""
    for record in ArchiveIterator(BytesIO(member), check_digests="raise"):
        body = record.raw_stream.read()
        if record.rec_type in ("response", "resource"):
            return _capture(record.rec_headers, record.http_headers, body)
    return None


def _capture(fields: Any, http: Any, body: bytes) -> Capture:
    extra = json.loads(fields.get_header(_EXTRA) or "{}")
    status = int(http.get_statuscode()) if http is not None else None
    headers = {name.removeprefix(_ORIGINAL): value for name, value in http.headers} if http is not None else {}
    return Capture(
        url=extra.get("url", fields.get_header("WARC-Target-URI")),
        body=body,
        headers=extra.get("headers", headers),
        http_status=extra.get("http_status", status),
        fetched_at=extra.get("fetched_at", fields.get_header("WARC-Date")),
        site=extra.get("site"),
        region_code=extra.get("region_code"),
    )


def _survives(name: str, value: str) -> bool:
    """Whether a header comes back from an HTTP block just as it went in."""
    return bool(_HEADER_NAME.fullmatch(name) and _PLAIN.fullmatch(value)) and not name.startswith(_ORIGINAL)


def _http_headers(status: int | None, headers: list[tuple[str, str]]) -> StatusAndHeaders:
    """The HTTP head for replay tools. What cannot stand in it is left out: our own field carries it."""
    replayed = [
        (_ORIGINAL + name if name.lower() in _ABOUT_THE_WIRE else name, value)
        for name, value in headers
        if _survives(name, value)
    ]
    return StatusAndHeaders(f"{status} {responses.get(status or 0, 'Unknown')}", replayed, protocol="HTTP/1.1")


def _content_type(headers: list[tuple[str, str]]) -> str:
    named = (value for name, value in headers if name.lower() == "content-type" and _PLAIN.fullmatch(value))
    return next(named, "") or "application/octet-stream"


def _warc_date(fetched_at: str | None) -> str:
    """When the record was made: the time of the fetch, to the second, or now."""
    try:
        moment = datetime.fromisoformat(fetched_at) if fetched_at else datetime.now(UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
