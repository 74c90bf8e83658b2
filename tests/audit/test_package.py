"""An audit export: what a stranger verifies offline, and what tampering it finds."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from django.core.management import call_command

from kaoji.audit.verify import UnreadablePackage, verify_package
from kaoji.cli import main
from kaoji.core.canonical import canonical_json, digest
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation
from support.followed import entered, spent
from support.people import NOON
from support.proved import rewritten
from support.road_form import MET

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(approved, filer, tmp_path: Path) -> Path:
    for name, value in MET.items():
        proof = ("台账.csv", f"{name},{value}".encode())
        entered(approved, filer, name, value, evidence=proof)
    spent(approved, filer, 6, "215457.60")
    file_self_evaluation(approved, goal_done="已全部完成", acting_user=filer, now=NOON)
    out = tmp_path / "audit.zip"
    call_command("export_audit", str(out))
    return out


def tampered(
    export: Path, change: Callable[[dict[str, bytes]], None], *, remake: bool = True
) -> io.BytesIO:
    return io.BytesIO(rewritten(export.read_bytes(), change, remake=remake))


def differences(source: io.BytesIO) -> list[str]:
    return [str(item) for item in verify_package(source).differences]


def test_an_untouched_export_has_no_difference(export: Path):
    with export.open("rb") as file:
        verdict = verify_package(file)

    assert verdict.differences == ()
    assert (verdict.revisions, verdict.scores) == (1, 1)
    answer = CliRunner().invoke(main, ["audit", "verify", str(export)])
    assert answer.exit_code == 0
    assert "差异 0 处" in answer.output


def test_the_same_records_give_the_same_bytes(export: Path, tmp_path: Path):
    again = tmp_path / "again.zip"
    call_command("export_audit", str(again))

    assert again.read_bytes() == export.read_bytes()


def _change(name: str, before: str, after: str) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        assert before.encode() in files[name]
        files[name] = files[name].replace(before.encode(), after.encode())

    return change


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_change("revisions.jsonl", "35公里", "30公里"), "内容与散列不符"),
        (_change("self_evaluations.jsonl", '"98.62"', '"99.62"'), "自评 99.62 分，重算为 98.62 分"),
        (_change("events.jsonl", "submit", "recall"), "与前文不符"),
        (_change("spendings.jsonl", "215457.60", "250000.00"), "已被改动"),
        (_change("actuals.jsonl", "36公里", "99公里"), "已被改动"),
        (_change("self_evaluations.jsonl", '"grade": "优"', '"grade": "差"'), "已被改动"),
        (_change("self_evaluations.jsonl", "执行得分: 8.62", "执行得分: 9.62"), "重算"),
        (_change("events.jsonl", '"98.62"', '"99.62"'), "与前文不符"),
    ],
)  # fmt: skip
def test_a_forger_who_also_remakes_the_manifest_is_found(export: Path, change, found):
    assert any(found in item for item in differences(tampered(export, change)))


def test_without_a_new_manifest_the_file_itself_is_named(export: Path):
    forged = tampered(
        export, _change("spendings.jsonl", "215457.60", "250000.00"), remake=False
    )

    assert any("spendings.jsonl 与清单" in item for item in differences(forged))


def test_missing_evidence_and_a_missing_event_are_found(export: Path):
    def without_evidence(files: dict[str, bytes]) -> None:
        del files[next(name for name in files if name.startswith("evidence/"))]

    def without_an_event(files: dict[str, bytes]) -> None:
        lines = files["events.jsonl"].splitlines(keepends=True)
        files["events.jsonl"] = b"".join([*lines[:4], *lines[5:]])

    assert any(
        "所附的文件缺失" in item for item in differences(tampered(export, without_evidence))
    )
    assert any("与前文不符" in item for item in differences(tampered(export, without_an_event)))


def test_evidence_is_known_by_its_own_hash(export: Path):
    def change(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.startswith("evidence/"))
        files[name] = b"another proof"

    assert any("evidence/" in item for item in differences(tampered(export, change)))


def test_a_row_that_no_event_vouches_for_is_found(export: Path):
    def change(files: dict[str, bytes]) -> None:
        row = json.loads(files["self_evaluations.jsonl"])
        files["self_evaluations.jsonl"] += canonical_json({**row, "number": 2}) + b"\n"

    assert any("没有事件为证" in item for item in differences(tampered(export, change)))


def test_a_log_cut_at_its_end_is_found_by_a_hash_that_was_kept(export: Path):
    with export.open("rb") as file:
        kept = verify_package(file).last_hash

    def change(files: dict[str, bytes]) -> None:
        lines = files["events.jsonl"].splitlines(keepends=True)
        files["events.jsonl"] = b"".join(lines[:3])
        for table in ("revisions", "self_evaluations", "actuals", "spendings"):
            files[f"{table}.jsonl"] = b""

    forged = tampered(export, change)
    verdict = verify_package(forged, known_hash=kept)
    assert any("没有以前的散列" in str(item) for item in verdict.differences)
    answer = CliRunner().invoke(main, ["audit", "verify", str(export), "--last-hash", kept])
    assert answer.exit_code == 0


def test_two_files_of_one_name_are_refused(export: Path):
    with ZipFile(export) as archive:
        content = archive.read("events.jsonl")
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(export, "a") as archive:
        archive.writestr("events.jsonl", content)

    with export.open("rb") as file, pytest.raises(UnreadablePackage, match="重名"):
        verify_package(file)


@pytest.mark.parametrize("content", ["[]", '{"kaoji": "audit/1", "files": 3}', "[" * 9_000])
def test_odd_json_is_refused_in_words(export: Path, content: str):
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = content.encode()

    with pytest.raises(UnreadablePackage):
        verify_package(tampered(export, change, remake=False))


def test_a_rewritten_self_evaluation_no_longer_fits_its_event(export: Path):
    def change(files: dict[str, bytes]) -> None:
        row = json.loads(files["self_evaluations.jsonl"])
        row["content"] = row["content"].replace("36公里", "40公里")
        row["sha256"] = digest(row["content"].encode())
        files["self_evaluations.jsonl"] = canonical_json(row) + b"\n"

    assert any("已被改动" in item for item in differences(tampered(export, change)))


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_export_is_refused(content: bytes, tmp_path: Path):
    with pytest.raises(UnreadablePackage):
        verify_package(io.BytesIO(content))
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    assert CliRunner().invoke(main, ["audit", "verify", str(file)]).exit_code == 2
