"""How the tables of places are made from the packages."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from pipelines.extract.build_places import (
    Archives,
    Row,
    area_code_rows,
    build,
    correct,
    periods,
    postcode_rows,
    short_form,
    town_rows,
)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("恩施土家族苗族自治州", "恩施"),
        ("海西蒙古族藏族自治州", "海西"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("隆林各族自治县", "隆林"),
        ("鄂温克族自治旗", "鄂温克"),
        ("东乡族自治县", "东乡"),
        ("新疆维吾尔自治区", "新疆"),
        ("西藏自治区", "西藏"),
        ("内蒙古自治区", "内蒙古"),
    ],
)
def test_the_short_form_leaves_peoples_and_kind_out(name: str, short: str) -> None:
    assert short_form(name) == short


@pytest.mark.parametrize("name", ["温州市", "大兴安岭地区", "蒙自市", "民族区", "回民区"])
def test_other_names_have_no_special_short_form(name: str) -> None:
    assert short_form(name) == ""


def test_a_change_between_two_revisions_is_dated_as_widely_as_they_allow() -> None:
    revisions = {
        "200212": {"420600": "襄樊市", "110228": "密云县"},
        "201010": {"420600": "襄樊市", "110228": "密云县"},
        "201110": {"420600": "襄阳市", "110228": "密云县"},
        "201212": {"420600": "襄阳市", "110228": "密云县"},
        "201308": {"420600": "襄阳市"},
    }
    assert periods(revisions) == [
        Row("110228", "密云县", "", "2013"),
        Row("420600", "襄樊市", "", "2011"),
        Row("420600", "襄阳市", "2010", ""),
    ]


def test_hand_kept_years_win_add_and_take_out() -> None:
    rows = [Row("610427", "彬县", "", "2023"), Row("139001", "定州市", "2014", "2023")]
    hand = [
        {"code": "610427", "name": "彬县", "first": "", "last": "2018"},
        {"code": "232764", "name": "呼中区", "first": "", "last": ""},
        {"code": "139001", "name": "定州市", "first": "never", "last": ""},
    ]
    assert correct(rows, hand) == [Row("232764", "呼中区", "", ""), Row("610427", "彬县", "", "2018")]


def test_towns_stand_once_under_their_county_without_notes() -> None:
    streets = [
        {"areaCode": "330304", "name": "三垟街道"},
        {"areaCode": "330304", "name": "三垟街道办事处"},
        {"areaCode": "330211", "name": "招宝山 街道(镇海)"},
    ]
    assert town_rows(streets) == [("330211", "招宝山街道"), ("330304", "三垟街道")]


def test_area_codes_name_every_code_a_prefecture_bore_and_hand_kept_lines_win() -> None:
    rows = [
        Row("522400", "毕节地区", "", "2012"),
        Row("520500", "毕节市", "2012", ""),
        Row("340500", "马鞍山市", "", ""),
    ]
    geodata = {
        "86857": {"zh": "贵州省毕节地区"},
        "86555": {"zh": "安徽省马鞍山市"},
        "8613800": {"zh": "贵州省毕节地区"},
        "86992": {"en": "Kuitun"},
    }
    hand = [{"area_code": "0555", "codes": "340500 341400"}]
    assert area_code_rows(geodata, rows, hand) == [
        ("0555", "340500 341400", "hand"),
        ("0857", "520500 522400", "phonenumbers"),
    ]


def test_postcodes_are_cut_to_the_shortest_prefix_that_settles_a_prefecture() -> None:
    rows = [Row("330304", "瓯海区", "", ""), Row("330802", "柯城区", "", ""), Row("330303", "龙湾区", "", "")]
    records = [
        {"code": "325014", "stateCode": "ZJ", "localityName": "瓯海区"},
        {"code": "325024", "stateCode": "ZJ", "localityName": "龙湾区"},
        {"code": "324000", "stateCode": "ZJ", "localityName": "柯城区"},
        {"code": "324100", "stateCode": "ZJ", "localityName": "瓯海区"},
        {"code": "324200", "stateCode": "ZJ", "localityName": "无名区"},
        {"code": "830011", "stateCode": "XJ", "localityName": "瓯海区"},
    ]
    assert postcode_rows(records, rows) == [("3240", "330800"), ("3241", "330300"), ("325", "330300")]


def packed(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as package:
        for name, text in files.items():
            body = text.encode("utf-8")
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(body)
            package.addfile(member, io.BytesIO(body))
    return path


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return path


@pytest.fixture
def archives(tmp_path: Path) -> Archives:
    revision = json.dumps({"330000": "浙江省", "330300": "温州市", "330304": "瓯海区"}, ensure_ascii=False)
    return Archives(
        gb2260=packed(tmp_path / "gb.tgz", {"lib/201607.json": revision, "lib/revisions.json": "[]"}),
        china_division=packed(
            tmp_path / "cd.tgz",
            {
                "dist/provinces.csv": 'code,name\n33,"浙江省"\n',
                "dist/cities.csv": 'code,name,provinceCode\n3303,"温州市",33\n',
                "dist/areas.csv": 'code,name,cityCode,provinceCode\n330304,"瓯海区",3303,33\n330371,"温州经济技术开发区",3303,33\n',
                "dist/streets.csv": 'code,name,areaCode,provinceCode,cityCode\n330304007,"三垟街道",330304,33,3303\n',
            },
        ),
        phonenumbers=zipped(
            tmp_path / "phone.whl",
            {
                "phonenumbers/geodata/data0.py": "data = {\n '86577':{'en': u('Wenzhou'), 'zh': u('\\u6d59\\u6c5f\\u7701\\u6e29\\u5dde\\u5e02')},\n}\n"
            },
        ),
        postcodes=zipped(
            tmp_path / "post.whl",
            {"x/CN/postcodes.json": json.dumps([{"code": "325014", "stateCode": "ZJ", "localityName": "瓯海区"}])},
        ),
    )


def test_the_tables_are_built_from_the_archives_and_twice_the_same(archives: Archives, tmp_path: Path) -> None:
    folder = tmp_path / "places"
    (folder / "hand").mkdir(parents=True)
    (folder / "hand/periods.tsv").write_text("# years\ncode\tname\tfirst\tlast\n", "utf-8")
    (folder / "hand/area_codes.tsv").write_text("area_code\tcodes\n", "utf-8")
    build(folder, archives)
    built = {path.name: path.read_bytes() for path in folder.glob("*.tsv")}
    assert built["divisions.tsv"].decode().splitlines()[1:] == [
        "330000\t浙江省\t\t\t",
        "330300\t温州市\t\t\t",
        "330304\t瓯海区\t\t\t",
    ]
    assert built["towns.tsv"].decode() == "county\ttowns\n330304\t三垟街道\n"
    assert built["area_codes.tsv"].decode() == "area_code\tcodes\torigin\n0577\t330300\tphonenumbers\n"
    assert built["postcodes.tsv"].decode() == "prefix\tcodes\n325\t330300\n"
    build(folder, archives)
    assert {path.name: path.read_bytes() for path in folder.glob("*.tsv")} == built
