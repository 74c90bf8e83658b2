"""The package of public data: its tables as typed here by hand, its description, the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest

from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.documents.data_package.descriptor import About, Licence
from kaoji.documents.data_package.published import Published, Reached, Settlement
from kaoji.documents.data_package.tables import TABLES
from kaoji.documents.data_package.writing import UnableToPlace, write_folder, write_zip

ABOUT = About(
    "松江区财政局",
    "https://jixiao.example/public/",
    datetime(2024, 3, 5, 2, 30, tzinfo=UTC),
    Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
)
ROAD = notation.parse(
    """项目: 农村公路养护
年度: 2023
类别: 经常性项目
主管部门: 交通委
实施单位: 公路所
资金总额: 90 万元
年度资金: 30 万元
当年财政拨款: 299999.5 元
总目标: 公路得到养护。
年度目标: 养护 35 公里；“坏路”不过夜。
产出指标 / 数量指标 / 养护里程 (20分): ≥ 35公里
产出指标 / 时效指标 / 完工: 2023年10月底前
效益指标 / 社会效益指标 / 出行条件: 明显改善
"""
)
SETTLED = Settlement(
    reviewed_on=date(2024, 3, 5),
    executed=Decimal("280000.10"),
    indicators=3,
    met=1,
    score=Decimal("88.50"),
    grade="良",
    reached=(
        Reached("36公里", True, "养护台账", None),
        Reached("2023年11月3日", False, None, "-台风"),
        Reached(),
    ),
    months=(
        (date(2023, 3, 1), Decimal(80000)),
        (date(2023, 11, 1), Decimal("200000.10")),
    ),
)
HELD = [
    Published(3, "农村公路养护", 2, date(2023, 2, 1), ROAD, SETTLED),
    Published(7, "桥梁", 1, date(2023, 2, 10), Declaration(annual_goal="=1+1\n@桥")),
]
EXPECTED = {
    "declarations.csv": """id,year,project_name,project_category,project_nature,department,implementing_unit,start_date,end_date,overall_goal,annual_goal,revision,public_from
3,2023,农村公路养护,经常性项目,,交通委,公路所,,,公路得到养护。,养护 35 公里；“坏路”不过夜。,2,2023-02-01
7,,桥梁,,,,,,,,"'=1+1
@桥",1,2023-02-10
""",
    "funds.csv": """declaration,scope,source,amount
3,project,total,900000.00
3,year,total,300000.00
3,year,fiscal,299999.50
""",
    "indicators.csv": """declaration,indicator,scope,level1,level2,level3,target,comparison,value,value_high,unit,kind,weight
3,1,year,产出指标,数量指标,养护里程,≥ 35公里,>=,35,,公里,quantitative,20
3,2,year,产出指标,时效指标,完工,2023年10月底前,<=,,,,quantitative,
3,3,year,效益指标,社会效益指标,出行条件,明显改善,,,,,qualitative,
""",
    "results.csv": """declaration,indicator,actual,met,evidence,reason
3,1,36公里,true,养护台账,
3,2,2023年11月3日,false,,'-台风
3,3,,,,
""",
    "spending.csv": """declaration,month,amount
3,2023-03,80000.00
3,2023-11,200000.10
""",
    "grades.csv": """declaration,reviewed_on,budget,executed,indicators,met,score,grade
3,2024-03-05,300000.00,280000.10,3,1,88.50,良
""",
}


def packed(held: list[Published] = HELD, about: About = ABOUT) -> bytes:
    stream = io.BytesIO()
    write_zip(stream, iter(held), about)
    return stream.getvalue()


def files_in(package: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_table_is_as_typed_by_hand():
    files = files_in(packed())

    assert {*EXPECTED, "datapackage.json", "README.md"} == set(files)
    for name, expected in EXPECTED.items():
        told = files[name].decode("utf-8")
        assert told.replace("\r\n", "\n") == expected, name


def test_indicators_of_the_whole_project_are_counted_on_behind_those_of_the_year():
    [whole] = notation.parse("产出指标 / 数量指标 / 里程: ≥ 99公里\n").indicators
    form = replace(ROAD, overall_indicators=(whole,))

    rows = list(
        csv.reader(
            io.StringIO(
                files_in(packed([Published(3, "甲", 1, date(2023, 2, 1), form)]))[
                    "indicators.csv"
                ].decode()
            )
        )
    )

    assert [row[1:3] for row in rows[1:]] == [
        ["1", "year"], ["2", "year"], ["3", "year"], ["4", "project"],
    ]  # fmt: skip


def test_the_same_records_give_the_same_bytes_and_each_file_has_its_sum():
    package = packed()
    files = files_in(package)
    told = json.loads(files["datapackage.json"])

    assert packed() == package
    assert told["created"] == "2024-03-05T02:30:00Z"
    assert told["licenses"] == [
        {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    for resource in told["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


# What the specification asks of a descriptor (specs.frictionlessdata.io, Data Package and Table Schema 1), as far as we use it.
_NAME = {"type": "string", "pattern": "^[-a-z0-9._/]+$"}
_TEXT = {"type": "string", "minLength": 1}
_SOME_TEXTS = {"type": "array", "items": _TEXT, "minItems": 1}
_TYPES = (
    "string number integer boolean object array date time datetime year yearmonth duration any"
)
DESCRIPTOR = {
    "type": "object",
    "required": ["name", "profile", "resources", "created", "sources"],
    "properties": {
        "name": _NAME,
        "profile": {"const": "tabular-data-package"},
        "title": _TEXT,
        "description": _TEXT,
        "homepage": {"type": "string", "pattern": "^https?://"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "sources": {
            "type": "array", "minItems": 1,
            "items": {"required": ["title"], "properties": {"title": _TEXT, "path": _TEXT}},
        },
        "contributors": {"type": "array", "minItems": 1, "items": {"required": ["title"]}},
        "licenses": {
            "type": "array", "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "resources": {
            "type": "array", "minItems": 1,
            "items": {
                "required": ["name", "path", "schema", "profile"],
                "properties": {
                    "name": _NAME,
                    "path": {"type": "string", "pattern": r"^[^/.][^/]*\.csv$"},
                    "profile": {"const": "tabular-data-resource"},
                    "encoding": {"const": "utf-8"},
                    "bytes": {"type": "integer", "minimum": 1},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "schema": {
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array", "minItems": 1,
                                "items": {
                                    "required": ["name", "type", "title", "title_en"],
                                    "properties": {
                                        "name": _NAME,
                                        "type": {"enum": _TYPES.split()},
                                        "title": _TEXT,
                                        "title_en": _TEXT,
                                        "constraints": {
                                            "properties": {
                                                "required": {"type": "boolean"},
                                                "enum": {"type": "array", "minItems": 1},
                                            },
                                            "additionalProperties": False,
                                        },
                                    },
                                },
                            },
                            "missingValues": {"const": [""]},
                            "primaryKey": _SOME_TEXTS,
                            "foreignKeys": {
                                "type": "array",
                                "items": {
                                    "required": ["fields", "reference"],
                                    "properties": {
                                        "fields": _SOME_TEXTS,
                                        "reference": {
                                            "required": ["resource", "fields"],
                                            "properties": {"fields": _SOME_TEXTS},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("about", [ABOUT, About("", "", ABOUT.created)])
def test_the_description_keeps_to_the_specification(about: About):
    told = json.loads(files_in(packed(about=about))["datapackage.json"])

    jsonschema.validate(told, DESCRIPTOR)
    assert ("licenses" in told) is (about.licence is not None)


def test_every_key_is_there_once_and_every_reference_leads_to_a_row():
    files = files_in(packed())
    resources = {
        item["name"]: item for item in json.loads(files["datapackage.json"])["resources"]
    }
    tables = {name: rows_in(files[item["path"]]) for name, item in resources.items()}

    for name, item in resources.items():
        schema = item["schema"]
        assert list(tables[name][0]) == [field["name"] for field in schema["fields"]]
        keys = list(picked(tables[name], schema["primaryKey"]))
        assert len(set(keys)) == len(keys), name
        for one in schema["foreignKeys"]:
            there = set(
                picked(tables[one["reference"]["resource"]], one["reference"]["fields"])
            )
            assert set(picked(tables[name], one["fields"])) <= there, name


def rows_in(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def picked(rows: list[dict[str, str]], names: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(row[name] for name in names) for row in rows)


def test_the_readme_says_in_two_languages_what_is_in_it_and_what_it_may_be_used_for():
    told = files_in(packed())["README.md"].decode()

    assert "| `results.csv` | 3 |" in told
    assert "使用许可：CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/" in told
    assert "Licence: CC-BY-4.0" in told
    assert "发布单位没有写明使用许可" in files_in(packed(about=About("", "", ABOUT.created)))[
        "README.md"
    ].decode()  # fmt: skip


def test_a_folder_gets_the_same_files_and_an_older_package_is_replaced(tmp_path: Path):
    folder = tmp_path / "new" / "public"

    write_folder(folder, HELD[1:], ABOUT)
    write_folder(folder, HELD, ABOUT)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files_in(packed())


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path):
    (tmp_path / "信件.txt").write_text("别动")

    with pytest.raises(UnableToPlace, match="里有别的东西"):
        write_folder(tmp_path, HELD, ABOUT)

    assert [path.name for path in tmp_path.iterdir()] == ["信件.txt"]


def test_every_column_is_in_the_guide():
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "open-data.md").read_text("utf-8")

    for table in TABLES:
        [told] = [
            line for line in guide.splitlines() if line.startswith(f"| `{table.name}.csv`")
        ]
        assert [name for name in re.findall(r"`(\w+)`", told) if name in table.names] == list(
            table.names
        )
