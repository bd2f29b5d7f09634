from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from pipelines.model import Capture
from pipelines.store.archive import Archive, ArchivedAt
from pipelines.store.engine import StoreError

FETCHED = "2026-05-01T08:00:00Z"


def response(body: bytes = b"<html>\xb9\xab\xbf\xaa</html>", **headers: str) -> Capture:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Capture("http://www.lanhe.gov.example/a.html", body, named, 200, FETCHED, "lanhe", "330782")


def local_file(body: bytes = b"text") -> Capture:
    return Capture("file:///srv/%E6%8A%A5.html", body)


def stored(folder: Path, *captures: Capture) -> list[ArchivedAt]:
    with Archive(folder) as archive:
        return [archive.store(capture) for capture in captures]


def warcio_check(path: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from warcio.cli import main; main(['check', '-v', sys.argv[1]])"
    return subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(
        Capture,
        url=st.one_of(st.text(max_size=30), st.text(max_size=20).map("http://x.example/".__add__)),
        body=st.binary(max_size=200),
        headers=st.dictionaries(st.text(max_size=8), st.text(max_size=12), max_size=3)
        | st.dictionaries(st.sampled_from(["Content-Type", "content-type", "Transfer-Encoding"]), st.just("chunked")),
        http_status=st.none() | st.integers(100, 599),
        fetched_at=st.none() | st.just(FETCHED) | st.text(max_size=20),
        site=st.none() | st.text(max_size=5),
        region_code=st.none() | st.text(max_size=5),
    )
)
@example(Capture("http://x.example/\r\nWARC-Type: warcinfo", b"\r\n\r\nWARC/1.0\r\n", {"a": "b\r\nc: d"}, 200, FETCHED))
@example(Capture("http://x.example/", b"5\r\nabcde\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"}, 200, FETCHED))
@example(Capture("http://x.example/", gzip.compress(b"x"), {"Content-Encoding": "gzip"}, 200, FETCHED))
@example(Capture("http://x.example/", b"", {"X-Archive-Orig-A": "1", "x": "", "Y": " 1 "}, 204, FETCHED))
@example(Capture("<http://x.example/>", b"HTTP/1.1 200 OK\r\n\r\n", {}, None, None))
@example(Capture("http://x.example/2023年报.html", b"a", {"Server": "政府"}, 200, FETCHED))
def test_every_capture_comes_back_as_it_was(capture: Capture) -> None:
    with TemporaryDirectory() as name, Archive(Path(name)) as archive:
        before, here, after = archive.store(response()), archive.store(capture), archive.store(local_file())

        assert archive.load(here) == capture
        assert list(archive.captures()) == [(before, response()), (here, capture), (after, local_file())]


def test_other_tools_find_well_formed_records_with_digests(tmp_path: Path) -> None:
    headers = {"Content_Type": "text/html", "Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}
    stored(tmp_path, response(**headers), local_file(), response(b""))
    (path,) = tmp_path.iterdir()

    checked = warcio_check(path)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("digest pass") == 3
    with path.open("rb") as file:
        first, second, third = (
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(file)
        )
    assert first == ("response", response().url, response().body)
    assert second == ("resource", local_file().url, b"text")
    assert third[2] == b""


def test_each_record_is_a_gzip_member_that_can_be_read_alone(tmp_path: Path) -> None:
    first, second = stored(tmp_path, response(), local_file())
    raw = (tmp_path / first.file).read_bytes()

    assert (first.offset, second.offset) == (0, first.length)
    assert len(raw) == second.offset + second.length
    assert gzip.decompress(raw[second.offset :]).startswith(b"WARC/1.0\r\n")


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.98])
def test_a_torn_last_record_harms_neither_the_others_nor_later_ones(tmp_path: Path, kept: float) -> None:
    whole = [response(bytes([number]) * 500) for number in range(3)]
    places = stored(tmp_path, *whole)
    path = tmp_path / places[2].file
    path.write_bytes(path.read_bytes()[: places[2].offset + int(places[2].length * kept)])

    (later,) = stored(tmp_path, local_file())

    archive = Archive(tmp_path)
    assert [archive.load(place) for place in places[:2]] == whole[:2]
    assert archive.load(later) == local_file()
    assert list(archive.captures()) == [(places[0], whole[0]), (places[1], whole[1]), (later, local_file())]
    with pytest.raises(StoreError, match="the file ends before the record does"):
        archive.load(places[2])


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    (place,) = stored(tmp_path, response(bytes(range(256)) * 20))
    path = tmp_path / place.file
    raw = bytearray(path.read_bytes())
    raw[place.length - 30] ^= 0xFF
    path.write_bytes(raw)

    with pytest.raises(StoreError, match="restore it from a copy"):
        Archive(tmp_path).load(place)
    with pytest.raises(StoreError, match="restore it from a copy"):
        list(Archive(tmp_path).captures())


@pytest.mark.parametrize("place", [ArchivedAt("none.warc.gz", 0, 10), ArchivedAt("x.warc.gz", 3, 4)])
def test_what_the_archive_does_not_hold_is_a_store_error(tmp_path: Path, place: ArchivedAt) -> None:
    (tmp_path / "x.warc.gz").write_bytes(b"no gzip here")

    with pytest.raises(StoreError, match="cannot read"):
        Archive(tmp_path).load(place)


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    with Archive(tmp_path, roll_at_bytes=700) as archive:
        places = [archive.store(response(bytes([number]))) for number in range(6)]

    assert len({place.file for place in places}) > 1
    assert [capture.body for _, capture in Archive(tmp_path).captures()] == [bytes([number]) for number in range(6)]
    assert [place.file for place in places] == sorted(place.file for place in places)


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    with Archive(tmp_path) as one, Archive(tmp_path) as other:
        files = {one.store(response()).file, other.store(response()).file}

    assert len(files) == 2


def test_nothing_is_made_before_the_first_capture(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        assert list(archive.captures()) == []

    assert not (tmp_path / "archive").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="cannot write to the archive"):
        Archive(tmp_path / "file" / "archive").store(response())


def test_a_full_disk_leaves_no_half_record_and_the_next_one_is_whole(tmp_path: Path) -> None:
    class Disk:
        """A file whose medium takes only half of the next write."""

        def __init__(self, file: object) -> None:
            self.file, self.full = file, True

        def write(self, record: bytes) -> int:
            if self.full:
                self.full = False
                self.file.write(record[: len(record) // 2])  # type: ignore[attr-defined]
                raise OSError(28, "No space left on device")
            return self.file.write(record)  # type: ignore[attr-defined,no-any-return]

        def __getattr__(self, name: str) -> object:
            return getattr(self.file, name)

    archive = Archive(tmp_path)
    archive.store(response(b"1"))
    archive._file = Disk(archive._file)  # type: ignore[assignment]
    with pytest.raises(StoreError, match="No space left"):
        archive.store(response(b"2"))
    archive.store(response(b"3"))
    archive.close()

    assert [capture.body for _, capture in archive.captures()] == [b"1", b"3"]
