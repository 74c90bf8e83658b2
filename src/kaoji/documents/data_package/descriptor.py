"""`datapackage.json` and `README.md`: what the files are, for programs and for people, in both languages.

Titles and meanings are Chinese; `title_en` and `description_en` say the same in English, which the
specification leaves room for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kaoji.core.speech import Sentence, say
from kaoji.documents.data_package.tables import TABLES, Column, Reference, Table
from kaoji.standards.languages import speaker

_TITLE = say("公开的财政项目支出绩效目标和结果")
_SUMMARY = say(
    "公开页上的全部数据：公开的项目、资金、指标，以及财政复核过的结果。没有公开的、已经撤下的不在其中；没有姓名、检查意见和内部文件。"
)
_NOTES = (
    say("文件是 UTF-8 的 CSV，第一行是列名；日期写成 2023-06-01，月份写成 2023-06；空格子表示没有写。"),
    say("金额以元为单位，不带千分位。"),
    say("文字以 = + - @ ' 或制表符、回车开头的，前面多一个 '，免得表格软件当成公式；用时去掉这一个即可。"),
    say("记录不变，文件就一字不变；datapackage.json 写明每个文件的 SHA-256。"),
)  # fmt: skip
_NO_LICENCE = say("发布单位没有写明使用许可；使用时请注明来源。")


@dataclass(frozen=True)
class Licence:
    """Under what the data may be used: a name as opendefinition.org or SPDX gives it, and where it can be read."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class About:
    """Who publishes, where everybody reads the same on pages, and as of when; *address* may be unknown."""

    publisher: str
    address: str
    created: datetime
    licence: Licence | None = None


@dataclass(frozen=True)
class Written:
    """What a file of the package came to: its size in bytes, its SHA-256, its rows."""

    bytes: int
    sha256: str
    rows: int


def descriptor(about: About, files: Mapping[str, Written]) -> dict[str, Any]:
    """The description of the package as a Tabular Data Package."""
    told: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "kaoji-public",
        **_both("title", _TITLE),
        **_both("description", _SUMMARY),
        "created": about.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sources": [_source(about)],
        "resources": [_resource(table, files[table.name]) for table in TABLES],
    }
    if about.address:
        told["homepage"] = about.address
    if about.publisher:
        told["contributors"] = [{"title": about.publisher, "role": "publisher"}]
    if about.licence:
        told["licenses"] = [_licence(about.licence)]
    return told


def readme(about: About, files: Mapping[str, Written]) -> str:
    """The same for people, Chinese first."""
    return "\n".join([*_told(about, files, "zh"), *_told(about, files, "en")])


def _both(name: str, sentence: Sentence) -> dict[str, str]:
    return {name: speaker("zh")(sentence), f"{name}_en": speaker("en")(sentence)}


def _source(about: About) -> dict[str, str]:
    told = {"title": about.publisher or speaker("zh")(_TITLE)}
    return {**told, "path": about.address} if about.address else told


def _licence(licence: Licence) -> dict[str, str]:
    told = {"name": licence.name}
    return {**told, "path": licence.address} if licence.address else told


def _resource(table: Table, file: Written) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        **_both("title", table.title),
        **_both("description", table.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [_reference(item) for item in table.references],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        **_both("title", column.title),
    }
    if column.meaning:
        told.update(_both("description", column.meaning))
    if column.unit:
        told["unit"] = column.unit
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.among:
        constraints["enum"] = list(column.among)
    return {**told, "constraints": constraints} if constraints else told


def _reference(item: Reference) -> dict[str, Any]:
    return {
        "fields": list(item.columns),
        "reference": {"resource": item.table, "fields": list(item.keys)},
    }


def _told(about: About, files: Mapping[str, Written], language: str) -> Iterable[str]:
    speak = speaker(language)
    yield f"# {speak(_TITLE)}\n"
    yield " · ".join(filter(None, (about.publisher, about.address))) + "\n"
    yield f"{speak(_SUMMARY)}\n"
    yield f"| {speak(say('文件'))} | {speak(say('行数'))} | {speak(say('内容'))} |"
    yield "|---|---|---|"
    for table in TABLES:
        rows = files[table.name].rows
        yield f"| `{table.name}.csv` | {rows} | {speak(table.meaning)} |"
    yield ""
    for note in (*_NOTES, _terms(about.licence)):
        yield f"- {speak(note)}"
    yield ""


def _terms(licence: Licence | None) -> Sentence:
    if licence is None:
        return _NO_LICENCE
    name = " ".join(filter(None, (licence.name, licence.address)))
    return say("使用许可：{name}", name=name)
