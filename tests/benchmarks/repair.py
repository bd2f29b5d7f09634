"""The repair room beside ftfy, chardet, charset-normalizer, resiliparse and Scrapy's own guess: same cases, same run.

`python -m tests.benchmarks.repair` prints the tables and holds every figure against `tests/floors.toml`; the exit code
is 1 when a floor is missed.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable

from pipelines.model import Capture
from pipelines.repair import repair
from tests.benchmarks import charset_cases, mojibake_cases, pinyin_cases, script_cases
from tests.damage import mojibake as damage
from tests.damage.room import damaged_pages, hostile_inputs, page
from tests.floors import floors, line

# UTF-8 read as GBK with bytes lost, in the three ways programs mark the loss.
LOST_BYTES = ("utf-8 as gbk, ?", "utf-8 as gbk, U+FFFD", "utf-8 as gb18030, ?")


def main() -> int:
    held = floors("repair")
    lines = [*_charset(held["charset"]), *_mojibake(held), *_pinyin_and_script(held), *_room(held["room"])]
    print("\nagainst the floors")
    print("\n".join(lines))
    return 1 if any(text.startswith("MISSES") for text in lines) else 0


def _charset(floor: dict[str, float]) -> list[str]:
    generated = list(charset_cases.cases())
    print(f"charset, {len(generated)} cases (shares in per cent)")
    rows = [charset_cases.measure(name, decoder, generated) for name, decoder in charset_cases.DECODERS.items()]
    print(charset_cases.table(rows))
    ours = rows[0]
    clean = [case for case in generated if case.damage == "clean" and case.size == charset_cases.SIZES[-1]]
    gc.collect()
    gc.freeze()
    page_ms = charset_cases.measure("gipr", charset_cases.DECODERS["gipr"], [*clean, *_one_damaged(generated)]).page_ms
    return [
        line("charset: clean cases right", ours.clean, floor["clean"]),
        line("charset: damaged cases right", ours.damaged, floor["damaged"]),
        line("charset: clean whole page, median", page_ms, floor["page_ms"], at_most=True, unit=" ms"),
    ]


def _one_damaged(generated: list[charset_cases.Case]) -> list[charset_cases.Case]:
    return [next(case for case in generated if case.damage != "clean" and case.size != charset_cases.SIZES[-1])]


def _mojibake(held: dict[str, dict[str, float]]) -> list[str]:
    print("\nmojibake beside ftfy")
    rows = mojibake_cases.measure()
    for row in rows:
        ftfy = "" if row.ftfy_exact is None else f"ftfy {row.ftfy_exact:6.1%}"
        print(
            f"{row.damage:<40} {row.setting:<6} {row.cases:>4} exact {row.exact:6.1%} characters {row.characters:7.2%} {row.milliseconds:6.1f} ms  {ftfy}"
        )
    floor = held["mojibake"]
    reversible = [row for row in rows if row.damage in damage.REVERSIBLE]
    lost = _lost_bytes(rows)
    shift = [row for row in rows if row.damage == "one-byte shift"]
    return [
        line(
            "mojibake: reversible kinds exact, least", min(row.exact for row in reversible), floor["reversible_exact"]
        ),
        line(
            "mojibake: bytes lost, characters, least",
            min(row.characters for row in lost),
            floor["lost_bytes_characters"],
        ),
        line(
            "mojibake: bytes lost, paragraphs exact, least",
            min(row.exact for row in lost),
            floor["lost_bytes_paragraphs"],
        ),
        line(
            "mojibake: bytes lost, a paragraph",
            max(row.milliseconds for row in lost),
            floor["lost_bytes_ms"],
            at_most=True,
            unit=" ms",
        ),
        *(line("one-byte shift: characters", row.characters, held["byte_shift"]["characters"]) for row in shift),
    ]


def _lost_bytes(rows: list[mojibake_cases.Row]) -> list[mojibake_cases.Row]:
    """The rows of bytes lost: on real reports where they are at hand, else on the held-out corpus."""
    paragraphs = mojibake_cases.report_paragraphs()
    if not paragraphs:
        return [row for row in rows if row.damage in LOST_BYTES]
    measured = []
    for name in LOST_BYTES:
        pairs = [(text, damage.LOSSY[name](text)) for text in paragraphs]
        exact, characters, milliseconds = mojibake_cases.score(pairs, mojibake_cases.ours)
        print(
            f"{name:<40} real reports {len(pairs)} exact {exact:6.1%} characters {characters:7.2%} {milliseconds:6.1f} ms"
        )
        measured.append(mojibake_cases.Row(name, "report", len(pairs), exact, characters, milliseconds, None, None))
    return measured


def _pinyin_and_script(held: dict[str, dict[str, float]]) -> list[str]:
    pinyin, script = pinyin_cases.measure(), script_cases.measure()
    return [
        line("pinyin: damaged texts exact", pinyin.exact / pinyin.texts, held["pinyin"]["exact"]),
        line(
            "script: characters unlike the library's", script.differences, held["script"]["differences"], at_most=True
        ),
        line("script: speed", script.megabytes_per_second, held["script"]["megabytes_per_second"], unit=" MB/s"),
        line("script: times the library", script.times_the_library, held["script"]["times_library"]),
    ]


def _room(floor: dict[str, float]) -> list[str]:
    clean = Capture("http://www.shili.gov.example/a.html", page(10_000).encode())
    lines = [
        line(
            "room: clean page of 10 KB, median",
            _median(lambda: repair(clean)),
            floor["clean_page_ms"],
            at_most=True,
            unit=" ms",
        )
    ]
    for name, body in damaged_pages(10_000):
        capture = Capture("http://www.shili.gov.example/a.html", body, {"Content-Type": "text/html; charset=utf-8"})
        figure = _median(lambda capture=capture: repair(capture), 7)
        lines.append(line(f"room: 10 KB, {name}, median", figure, floor["damaged_page_ms"], at_most=True, unit=" ms"))
    for name, body in hostile_inputs():
        began = time.perf_counter()
        repair(Capture("http://www.shili.gov.example/a.html", body))
        lines.append(
            line(
                f"room: 1 MB of {name!r}",
                time.perf_counter() - began,
                floor["hostile_seconds"],
                at_most=True,
                unit=" s",
            )
        )
    return lines


def _median(run: Callable[[], object], repeats: int = 25) -> float:
    # What this program holds (thousands of generated cases) is not what the room holds: the collector shall not walk it.
    gc.collect()
    gc.freeze()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    sys.exit(main())
