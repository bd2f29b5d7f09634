"""The raw bytes, safe before anything reads them: WARC files that every web archive tool can read.

Each process writes files of its own, one gzip member a record, in one write each. So a process that dies harms at
most its own last record, and nobody ever writes behind a torn one.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
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

# A field of our own, JSON: what the standard fields cannot carry, or not without loss.
_EXTRA = "Gipr-Capture"
# Text that WARC and HTTP headers bring back exactly: printable ASCII without white space at its ends.
_PLAIN = re.compile(r"(?:[!-~](?:[ -~]*[!-~])?)?")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# The body of a capture is decoded; a replay tool that meets these headers as they came would decode it again.
_ABOUT_THE_WIRE = frozenset({"content-encoding", "transfer-encoding"})
_ORIGINAL = "X-Archive-Orig-"
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


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
        self._file: BinaryIO | None = None
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
                file.write(record)
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
        try:
            with path.open("rb") as file:
                file.seek(archived.offset)
                record = file.read(archived.length)
            if len(record) != archived.length:
                raise EOFError("the file ends before the record does")
            for _, capture in _captures(BytesIO(record)):
                return capture
            raise EOFError("there is no record")
        except (OSError, EOFError, ArchiveLoadFailed, ValueError) as error:
            raise StoreError(
                f"cannot read {archived.length} bytes at {archived.offset} of {path}: {error}; "
                "restore the archive file from a copy"
            ) from error

    def captures(self) -> Iterator[tuple[ArchivedAt, Capture]]:
        """Everything stored, file by file in order of name; of a file with a torn end, all before the tear."""
        for path in sorted(self._folder.glob("*.warc.gz")):
            with path.open("rb") as file:
                for (offset, length), capture in _captures(file):
                    yield ArchivedAt(path.name, offset, length), capture

    def close(self) -> None:
        """Forces what was stored onto the disk and ends the file; the next capture begins another."""
        if self._file is not None:
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None

    def _file_with_room(self) -> BinaryIO:
        if self._file is not None and self._file.tell() >= self._roll_at_bytes:
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            # The clock puts files in order, the random part keeps two processes apart.
            self._name = f"gipr-{datetime.now(UTC):%Y%m%d%H%M%S%f}-{uuid4().hex[:12]}.warc.gz"
            self._file = (self._folder / self._name).open("xb", buffering=0)
        return self._file


def _record(capture: Capture) -> bytes:
    """The capture as one complete gzip member."""
    extra: dict[str, Any] = {}
    url, headers = capture.url, list(capture.headers.items())
    if not url or not _PLAIN.fullmatch(url):
        extra["url"], url = capture.url, quote(capture.url, safe=":/?#[]@!$&'()*+,;=%", errors="replace") or "about:blank"
    if capture.fetched_at is None or not _SECOND.fullmatch(capture.fetched_at):
        extra["fetched_at"] = capture.fetched_at
    extra |= {name: value for name in ("site", "region_code") if (value := getattr(capture, name)) is not None}
    if capture.http_status is None or not all(_HEADER_NAME.fullmatch(n) and _PLAIN.fullmatch(v) for n, v in headers):
        extra["headers"] = dict(headers)
        headers = [(name, quote(value, safe=" /:;=,\"'()<>@*?&+")) for name, value in headers if _HEADER_NAME.fullmatch(name)]
    fields = {"WARC-Date": _warc_date(capture.fetched_at)}
    if extra:
        fields[_EXTRA] = json.dumps(extra)
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    if capture.http_status is None:
        content_type = next((v for n, v in headers if n.lower() == "content-type" and v), "application/octet-stream")
        record = writer.create_warc_record(
            url, "resource", BytesIO(capture.body), warc_content_type=content_type, warc_headers_dict=fields
        )
    else:
        http = StatusAndHeaders(_status_line(capture.http_status), _for_replay(headers), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", BytesIO(capture.body), http_headers=http, warc_headers_dict=fields
        )
    writer.write_record(record)
    return out.getvalue()
