"""`kaoji ledger verify` from the shell, on the proof that `kaoji manage export_ledger` writes."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.management import CommandError, call_command

from cli.running import kaoji
from kaoji.cli import main
from support.paid import Office
from support.proved import closed_run, rewritten

pytestmark = pytest.mark.django_db
OF = ("民政局", "old_age_allowance", "--from", "2023-07")


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    closed_run(Office())
    out = tmp_path / "proof.zip"
    call_command("export_ledger", str(out), *OF, stdout=StringIO())
    return out


@pytest.fixture
def log(tmp_path: Path) -> Path:
    told, out = StringIO(), tmp_path / "log.jsonl"
    call_command("export_log", stdout=told)
    out.write_text(told.getvalue(), "utf-8")
    return out


def verify(*arguments: object):
    return CliRunner().invoke(main, ["ledger", "verify", *map(str, arguments)])


def test_a_proof_holds_level_by_level_where_no_framework_is(proof: Path, log: Path):
    done = verify(proof, "--log", log)

    assert done.exit_code == 0, done.output
    assert "民政局 老年综合津贴 2023-07：重算 12 笔" in done.output
    for level in ("V1 记录与日志一致", "V2 合计、借贷、审批", "V3 由规定和事实重算"):
        assert level in done.output
    assert done.output.count("差异 0 处") == 3
    assert "--log" not in done.output


def test_it_asks_for_no_database_and_loads_no_framework(proof: Path):
    done = kaoji("ledger", "verify", str(proof), KAOJI_DATABASE_URL="postgres://nowhere/x")

    assert done.returncode == 0, done.stderr
    program = (
        "import sys; from kaoji.audit.ledger.verify import verify_export;"
        f"verify_export(open({str(proof)!r}, 'rb'));"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_without_the_whole_log_it_says_what_is_not_proved(proof: Path):
    assert "不能证明这些事件在日志里" in verify(proof).output


def test_differences_are_told_in_sentences_and_as_data(proof: Path):
    def change(files: dict[str, bytes]) -> None:
        files["items.csv"] = files["items.csv"].replace(b",15000,", b",16000,", 1)

    proof.write_bytes(rewritten(proof.read_bytes(), change))
    text, data = verify(proof), verify(proof, "--format", "json")

    assert (text.exit_code, data.exit_code) == (1, 1)
    assert "2023-07记 160.00 元，由规定和事实重算为 150.00 元" in text.output
    told = json.loads(data.stdout)
    assert (told["kaoji"], told["holds"]) == ("ledger-verdict/1", False)
    assert {each["level"] for each in told["differences"]} == {"V1", "V2", "V3"}


def test_an_event_that_the_log_does_not_have_is_named(proof: Path, log: Path):
    lines = log.read_text("utf-8").splitlines()
    log.write_text("\n".join(lines[:-3]), "utf-8")

    done = verify(proof, "--log", log)

    assert done.exit_code == 1
    assert "日志里没有事件 #" in done.output


def test_a_log_that_does_not_hold_proves_nothing(proof: Path, log: Path):
    log.write_text(log.read_text("utf-8").replace("2023-07", "2023-08", 1), "utf-8")

    done = verify(proof, "--log", log)

    assert done.exit_code == 2
    assert "不能作证" in done.output


@pytest.mark.parametrize("content", [b"", b"PK", b"{}"])
def test_what_is_no_proof_is_refused(tmp_path: Path, content: bytes):
    file = tmp_path / "other.zip"
    file.write_bytes(content)

    done = verify(file)

    assert (done.exit_code, verify(tmp_path / "missing.zip").exit_code) == (2, 2)
    assert "读不懂这个发放账导出" in done.output


def test_a_proof_of_what_is_not_there_is_refused_with_the_cure(tmp_path: Path):
    Office()
    out = str(tmp_path / "x.zip")

    with pytest.raises(CommandError, match="没有登记“卫健委”"):
        call_command("export_ledger", out, "卫健委", *OF[1:])
    with pytest.raises(CommandError, match="没有项目“dibao”；可以选 old_age_allowance"):
        call_command("export_ledger", out, OF[0], "dibao", *OF[2:])
    with pytest.raises(CommandError, match="2023-07 至 2023-07 没有批次"):
        call_command("export_ledger", out, *OF)
    assert not (tmp_path / "x.zip").exists()
