"""Builds the tables of `data/reference/places` from public packages: `python -m pipelines.extract.build_places`.

Inputs are the packages' archives, named by options or fetched with `npm pack` and `pip download` at the versions below;
the hand-kept tables in `data/reference/places/hand` are read beside them. The same inputs always give the same bytes.
"""

from __future__ import annotations

import argparse
import ast
import csv
import io
import itertools
import json
import re
import subprocess
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.knowledge import data_root

GB2260 = "gb2260@0.6.0"
CHINA_DIVISION = "china-division@2.7.0"
PHONENUMBERS = "phonenumbers==9.0.43"
POSTCODES = "countrystatecity-postal-codes==2.0.1"

# china-division 2.7.0 is the statistics bureau's list of this month.
NBS_REVISION = "202306"

# ISO 3166-2:CN → the first two digits of GB/T 2260.
ISO_PROVINCES = {
    "BJ": "11", "TJ": "12", "HE": "13", "SX": "14", "NM": "15", "LN": "21", "JL": "22", "HL": "23", "SH": "31", "JS": "32",
    "ZJ": "33", "AH": "34", "FJ": "35", "JX": "36", "SD": "37", "HA": "41", "HB": "42", "HN": "43", "GD": "44", "GX": "45",
    "HI": "46", "CQ": "50", "SC": "51", "GZ": "52", "YN": "53", "XZ": "54", "SN": "61", "GS": "62", "QH": "63", "NX": "64",
    "XJ": "65",
}  # fmt: skip

# Written with 族 in most names and without it in those of Xinjiang and in 鄂伦春自治旗.
PEOPLES = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 "
    "土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 "
    "赫哲 门巴 珞巴 基诺 各"
).split()
_WITHOUT_ZU = [people for people in PEOPLES if len(people) >= 2]
_PEOPLES_AT_END = re.compile(
    "(?:" + "|".join(sorted([f"{people}族" for people in PEOPLES] + _WITHOUT_ZU, key=len, reverse=True)) + ")+$"
)
_AUTONOMOUS = re.compile(r"自治[区州县旗]$")


@dataclass(frozen=True, slots=True)
class Row:
    """A name a code bore; `first` and `last` are years, "" where the lists do not bound it."""

    code: str
    name: str
    first: str
    last: str


def short_form(name: str) -> str:
    """The name without the peoples and the kind of an autonomous division (恩施土家族苗族自治州 → 恩施), else "".

    A division named after its people alone keeps the people (鄂温克族自治旗 → 鄂温克).
    """
    kind = _AUTONOMOUS.search(name)
    if kind is None:
        return ""
    stem = name[: kind.start()]
    # The shortest match that leaves two characters of stem: 海西蒙古族藏族 → 海西, 东乡族 → 东乡.
    for length in range(2, len(stem)):
        if _PEOPLES_AT_END.fullmatch(stem[length:]):
            return stem[:length]
    return stem.removesuffix("族")


def periods(revisions: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """One row for each (code, name), with the years it may have been in use.

    A change lies between two revisions, so the years are the widest that the revisions allow: from the year after a
    December revision that lacks the name (or the year of an earlier one), to the year of the first revision without it.
    """
    order = sorted(revisions)
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, revision in enumerate(order):
        for code, name in revisions[revision].items():
            seen[code, name].append(position)
    rows = []
    for (code, name), positions in sorted(seen.items()):
        start, end = positions[0], positions[-1]
        first = last = ""
        if start > 0:
            before = order[start - 1]
            first = str(int(before[:4]) + (before[4:] == "12"))
        if end < len(order) - 1:
            last = order[end + 1][:4]
        rows.append(Row(code, name, first, last))
    return rows


def correct(rows: Iterable[Row], corrections: Iterable[Mapping[str, str]]) -> list[Row]:
    """`rows` with the years of the hand-kept table where it names the same code and name; its other rows are added,
    and those marked `never` taken out."""
    table = {(row.code, row.name): row for row in rows}
    for line in corrections:
        row = Row(line["code"], line["name"], line["first"], line["last"])
        table[row.code, row.name] = row
        if row.first == "never":
            del table[row.code, row.name]
    return [table[key] for key in sorted(table)]


def town_rows(streets: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """(county code, towns joined by a space) in order; white space inside a name and brackets' notes are dropped."""
    towns: dict[str, list[str]] = defaultdict(list)
    for line in streets:
        name = re.sub(r"\s+|[（(].*?[)）]", "", line["name"]).removesuffix("办事处")
        if len(name) >= 2 and name not in towns[line["areaCode"]]:
            towns[line["areaCode"]].append(name)
    return [(code, " ".join(names)) for code, names in sorted(towns.items())]


def area_code_rows(
    geodata: Mapping[str, Mapping[str, str]], rows: Iterable[Row], hand: Iterable[Mapping[str, str]]
) -> list[tuple[str, str, str]]:
    """(area code with its 0, codes of its prefectures joined by a space, origin): the hand-kept table wins."""
    by_name = _prefectures_by_name(rows)
    table: dict[str, tuple[str, str]] = {}
    for prefix, names in geodata.items():
        area = "0" + prefix.removeprefix("86")
        # Two-digit codes begin with 1 or 2, the others have three; longer prefixes are blocks of mobile numbers.
        if "zh" not in names or len(area) != (3 if area[1] in "12" else 4):
            continue
        places = [_without_province(name) for name in names["zh"].split("、")]
        if found := sorted({code for place in places for code in by_name.get(_bare(place), by_name.get(place, ()))}):
            table[area] = (" ".join(found), "phonenumbers")
    for line in hand:
        table[line["area_code"]] = (line["codes"], "hand")
    return [(area, codes, origin) for area, (codes, origin) in sorted(table.items())]


def _prefectures_by_name(rows: Iterable[Row]) -> dict[str, set[str]]:
    """Bare name → every code it bore as a prefecture (毕节: 522400 until 2012, 520500 since)."""
    table: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.code.endswith("00") or row.code[2:4] == "90":
            table[_bare(row.name)].add(row.code)
    return table


def _bare(name: str) -> str:
    return short_form(name) or re.sub(r"(?:地区|[省市盟州])$", "", name)


def postcode_rows(records: Iterable[Mapping[str, str]], rows: Iterable[Row]) -> list[tuple[str, str]]:
    """(prefix, codes of its prefectures joined by a space): the shortest prefixes that settle one prefecture.

    Six digits are kept only where fewer are shared by several prefectures; a prefix of fewer than three says nothing
    that the province does not.
    """
    by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        parent = row.code if row.code[2:4] == "90" else row.code[:4] + "00"
        if row.code[2:] != "0000":
            by_name[row.code[:2], row.name].add(parent)
    prefectures: dict[str, set[str]] = defaultdict(set)
    for record in records:
        province = ISO_PROVINCES.get(record["stateCode"], "")
        # A name that two prefectures of the province share says nothing.
        if len(found := by_name.get((province, record["localityName"]), set())) == 1:
            prefectures[record["code"]] |= found
    return list(_settled(prefectures, 3, sorted(prefectures)))


def _settled(prefectures: Mapping[str, set[str]], length: int, codes: list[str]) -> Iterator[tuple[str, str]]:
    for prefix, group in itertools.groupby(codes, key=lambda code: code[:length]):
        members = list(group)
        found = set().union(*(prefectures[code] for code in members))
        if len(found) == 1 or length == 6:
            yield prefix, " ".join(sorted(found))
        else:
            yield from _settled(prefectures, length + 1, members)


def _without_province(name: str) -> str:
    # 内蒙古乌海市, 新疆维吾尔自治区乌鲁木齐市, 江苏省南京市, but 北京市
    stripped = re.sub(
        r"^(?:[\u4e00-\u9fff]{2,3}?省|新疆维吾尔自治区|广西壮族自治区|内蒙古|新疆|西藏|宁夏|广西"
        r"|(?:四川|云南|贵州|甘肃)(?!省))(?=..)",
        "",
        name,
    )
    return stripped or name


def read_gb2260(archive: Path) -> dict[str, dict[str, str]]:
    """Revision (YYYYMM) → code → name, from the npm package gb2260."""
    revisions = {}
    for name, body in _members(archive):
        if found := re.search(r"lib/(\d{6})\.json$", name):
            revisions[found[1]] = json.loads(body)
    return revisions


def read_china_division(archive: Path) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Code → name of provinces, cities and counties (statistical zones left out), and the rows of the towns."""
    tables = {
        name.rsplit("/", 1)[-1]: list(csv.DictReader(io.StringIO(body.decode("utf-8"))))
        for name, body in _members(archive)
        if re.search(r"dist/(provinces|cities|areas|streets)\.csv$", name)
    }
    named = {
        line["code"].ljust(6, "0"): line["name"]
        for part in ("provinces", "cities", "areas")
        for line in tables[f"{part}.csv"]
    }
    # Codes ending in 71 to 79 are the bureau's own, for zones that are no divisions.
    zones = re.compile(r"\d{4}7[1-9]$")
    return {code: name for code, name in named.items() if not zones.match(code)}, tables["streets.csv"]


def read_phonenumbers(archive: Path) -> dict[str, dict[str, str]]:
    """Prefix (86…) → language → place, from the PyPI package phonenumbers; its code is parsed, never run."""
    geodata: dict[str, dict[str, str]] = {}
    for name, body in _members(archive):
        if re.search(r"phonenumbers/geodata/data\d+\.py$", name):
            # An escaped text stands as u('…'), a call; the rest is literal.
            for node in ast.walk(ast.parse(re.sub(rb"\bu\((?=')|(?<=')\)", b"", body))):
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
                    geodata.update(ast.literal_eval(node.value))
    return {prefix: names for prefix, names in geodata.items() if re.fullmatch(r"86\d{2,3}", prefix)}


def read_postcodes(archive: Path) -> list[dict[str, str]]:
    """The records (code, stateCode, localityName) of China in the PyPI package countrystatecity-postal-codes."""
    for name, body in _members(archive):
        if name.endswith("/CN/postcodes.json"):
            records: list[dict[str, str]] = json.loads(body)
            return records
    raise FileNotFoundError(f"{archive} holds no postcodes of China")


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                yield name, wheel.read(name)
        return
    with tarfile.open(archive) as package:
        for member in package:
            content = package.extractfile(member) if member.isfile() and member.size < 10_000_000 else None
            if content is not None:
                yield member.name, content.read()


def _fetch(command: list[str], folder: Path) -> Path:
    folder.mkdir()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - a fixed command
    return next(folder.iterdir())


def _read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def _write_table(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    text = "".join("\t".join(row) + "\n" for row in (header, *rows))
    path.write_text(text, encoding="utf-8", newline="\n")


@dataclass(frozen=True, slots=True)
class Archives:
    """The packages' archives as fetched from their registries."""

    gb2260: Path
    china_division: Path
    phonenumbers: Path
    postcodes: Path


def build(folder: Path, archives: Archives) -> None:
    """Writes the generated tables into `folder`, from the archives and the hand-kept tables in `folder/hand`."""
    revisions = read_gb2260(archives.gb2260)
    revisions[NBS_REVISION], streets = read_china_division(archives.china_division)
    rows = correct(periods(revisions), _read_table(folder / "hand" / "periods.tsv"))
    divisions = [(row.code, row.name, short_form(row.name), row.first, row.last) for row in rows]
    _write_table(folder / "divisions.tsv", ("code", "name", "short", "first", "last"), divisions)
    _write_table(folder / "towns.tsv", ("county", "towns"), town_rows(streets))
    areas = area_code_rows(
        read_phonenumbers(archives.phonenumbers), rows, _read_table(folder / "hand" / "area_codes.tsv")
    )
    _write_table(folder / "area_codes.tsv", ("area_code", "codes", "origin"), areas)
    _write_table(folder / "postcodes.tsv", ("prefix", "codes"), postcode_rows(read_postcodes(archives.postcodes), rows))


def main() -> None:
    """The command."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--gb2260", type=Path, help=f"the archive of {GB2260} (npm)")
    options.add_argument("--china-division", type=Path, help=f"the archive of {CHINA_DIVISION} (npm)")
    options.add_argument("--phonenumbers", type=Path, help=f"the wheel of {PHONENUMBERS} (PyPI)")
    options.add_argument("--postcodes", type=Path, help=f"the wheel of {POSTCODES} (PyPI)")
    chosen = options.parse_args()
    pip = ["pip", "download", "--no-deps", "--quiet"]
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        archives = Archives(
            chosen.gb2260 or _fetch(["npm", "pack", GB2260], scratch / "gb2260"),
            chosen.china_division or _fetch(["npm", "pack", CHINA_DIVISION], scratch / "china-division"),
            chosen.phonenumbers or _fetch([*pip, PHONENUMBERS], scratch / "phonenumbers"),
            chosen.postcodes or _fetch([*pip, POSTCODES], scratch / "postcodes"),
        )
        build(Path(str(data_root())) / "reference" / "places", archives)


if __name__ == "__main__":
    main()
