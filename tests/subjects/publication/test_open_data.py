"""What is public taken whole: exactly what the pages show, in files and as one download."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.publication.queries.open_data import entries_of, promises
from kaoji.subjects.publication.queries.published import published as find_published
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.spending.actions.record_spending import record_spending
from support.followed import entered, measured, spent
from support.people import NOON
from support.publishing import another, looked_at, published, revised
from support.road_form import MET

pytestmark = pytest.mark.django_db

OF_RESULTS = ("results", "spending", "grades")
Tables = dict[str, list[dict[str, str]]]


@pytest.fixture
def exported(tmp_path: Path) -> Callable[[], Tables]:
    """Everything that the command writes, read as a stranger reads it."""

    def export() -> Tables:
        folder = tmp_path / "public"
        call_command("export_public", str(folder), stdout=io.StringIO())
        return {
            path.stem: list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
            for path in folder.glob("*.csv")
        }

    return export


def test_a_promise_is_told_with_all_that_became_of_it(
    approved: Declaration, filer: User, finance: User, exported
):
    measured(approved, filer, "养护里程", "typed")
    for name, value in MET.items():
        entered(approved, filer, name, value)
    entered(approved, filer, "养护里程", "3公里", reason="联系 13800001111 未果，缺 32 公里")
    for month, amount in ((3, "100000.00"), (6, "115457.60")):
        spent(approved, filer, month, amount)
    made = file_self_evaluation(approved, goal_done="已完成", acting_user=filer, now=NOON)
    looked_at(made, finance)
    published(approved, finance)

    told = exported()

    number = str(approved.pk)
    assert told["declarations"] == [
        {
            "id": number,
            "year": "2023",
            "project_name": "甲",
            "project_category": "经常性项目",
            "project_nature": "",
            "department": "乙",
            "implementing_unit": "丙",
            "start_date": "",
            "end_date": "",
            "overall_goal": "公路得到养护。",
            "annual_goal": "养护公路 35 公里。",
            "revision": "1",
            "public_from": "2026-11-24",
        }
    ]
    assert [tuple(row.values()) for row in told["funds"]] == [
        (number, "project", "total", "250000.00"),
        (number, "project", "fiscal", "250000.00"),
        (number, "year", "total", "250000.00"),
        (number, "year", "fiscal", "250000.00"),
    ]
    assert [row["level3"] for row in told["indicators"]] == list(MET)
    assert [tuple(row.values())[1:] for row in told["results"]] == [
        ("1", "3公里", "false", "养护里程台账", "联系 ██ 未果，缺 32 公里"),
        ("2", "99%", "true", "", ""),
        ("3", "2天", "true", "", ""),
        ("4", "2.5万元/公里", "true", "", ""),
        ("5", "93%", "true", "", ""),
        ("6", "91%", "true", "", ""),
    ]
    assert [tuple(row.values()) for row in told["spending"]] == [
        (number, "2023-03", "100000.00"),
        (number, "2023-06", "115457.60"),
    ]
    [grade] = told["grades"]
    assert (grade["indicators"], grade["met"]) == ("6", "5")
    assert (grade["budget"], grade["executed"]) == ("250000.00", "215457.60")


def test_the_score_is_the_one_that_finance_gave(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, exported
):
    published(approved, finance)
    looked_at(evaluation, finance)

    [grade] = exported()["grades"]

    assert (grade["score"], grade["grade"], grade["reviewed_on"]) == (
        "98.62", "优", "2026-11-24",
    )  # fmt: skip


def test_nothing_is_told_of_what_is_not_published(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, exported
):
    looked_at(evaluation, finance)

    assert not any(exported().values())


def test_nothing_is_told_of_what_was_withdrawn_or_is_published_later(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, exported
):
    looked_at(evaluation, finance)
    published(approved, finance)
    assert exported()["grades"]

    move_declaration(
        approved, "withdraw", revision=1, reason="有误", acting_user=finance, now=NOON
    )
    assert not any(exported().values())

    later = date(2099, 1, 1)
    Declaration.objects.filter(pk=approved.pk).update(publication="public", public_from=later)
    assert not any(exported().values())


def test_results_are_told_only_once_finance_has_looked_at_them(
    approved: Declaration, evaluation: SelfEvaluation, department: User, finance: User, exported
):
    published(approved, finance)
    before = exported()
    looked_at(evaluation, department, level="department")
    reviewed_below = exported()
    looked_at(evaluation, finance)
    after = exported()

    assert before == reviewed_below
    assert len(before["declarations"]) == 1
    assert not any(before[name] for name in OF_RESULTS)
    assert len(after["results"]) == 6


def test_results_of_an_older_version_are_not_told_of_a_newer_one(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, exported
):
    published(approved, finance)
    looked_at(evaluation, finance)
    approved.settled.revision_number = 0
    approved.settled.save()

    told = exported()

    assert len(told["declarations"]) == 1
    assert not any(told[name] for name in OF_RESULTS)


def test_what_is_entered_after_finance_looked_changes_nothing(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, filer: User, exported
):
    published(approved, finance)
    looked_at(evaluation, finance)
    before = exported()
    later = NOON + timedelta(days=9)

    entered(approved, filer, "养护里程", "3公里", reason="塌方", now=later)
    record_spending(
        approved, month=date(2023, 7, 1), amount=Decimal(1), acting_user=filer, now=later
    )

    assert exported() == before


def test_no_name_finding_or_file_is_in_it(
    approved: Declaration, evaluation: SelfEvaluation, finance: User, tmp_path: Path
):
    published(approved, finance)
    looked_at(evaluation, finance)
    out = tmp_path / "public.zip"

    call_command("export_public", str(out), stdout=io.StringIO())

    with ZipFile(out) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for secret in ("tian", "填报", "财政绩效", "x.txt", "KJ", "属实"):
        assert secret not in whole, secret


def test_the_same_records_give_the_same_bytes_on_another_day(
    approved: Declaration, finance: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    published(approved, finance)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    call_command("export_public", str(tmp_path / "a.zip"), stdout=io.StringIO())
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(days=40))
    call_command("export_public", str(tmp_path / "b.zip"), stdout=io.StringIO())

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with ZipFile(tmp_path / "a.zip") as archive:
        told = json.loads(archive.read("datapackage.json"))
    assert told["created"] == "2026-11-24T04:00:00Z"  # when it was published
    assert told["contributors"] == [{"title": "松江区财政局", "role": "publisher"}]


def test_a_draft_of_an_adjustment_is_not_told(
    approved: Declaration, filer: User, finance: User, exported
):
    another(filer, finance, goal="养护公路 36 公里。")
    published(approved, finance)
    move_declaration(
        approved, "adjust", revision=1, reason="追加任务", acting_user=filer, now=NOON
    )
    approved.refresh_from_db()
    revised(approved, filer, "养护公路 99 公里。")

    told = exported()["declarations"]

    assert [(row["annual_goal"], row["revision"]) for row in told] == [
        ("养护公路 35 公里。", "1"),
        ("养护公路 36 公里。", "2"),
    ]


def test_many_promises_are_told_in_the_order_of_their_numbers(
    approved: Declaration, filer: User, finance: User, exported, monkeypatch: pytest.MonkeyPatch
):
    """Read in several parts, and each with its own rows."""
    monkeypatch.setattr("kaoji.subjects.publication.queries.open_data._AT_A_TIME", 1)
    second = another(filer, finance)
    published(approved, finance)

    told = exported()

    assert [(row["id"], row["project_name"]) for row in told["declarations"]] == [
        (str(approved.pk), "甲"),
        (str(second.pk), "农村公路养护"),
    ]
    assert [row["declaration"] for row in told["indicators"]] == [
        *([str(approved.pk)] * 6),
        *([str(second.pk)] * 6),
    ]


def test_two_promises_are_read_in_as_many_questions_as_one(
    approved: Declaration, evaluation: SelfEvaluation, filer: User, finance: User
):
    published(approved, finance)
    looked_at(evaluation, finance)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            entries = entries_of(find_published().order_by("pk"))
            assert len(list(promises(entries))) == len(entries)
        return len(asked)

    alone = questions()
    another(filer, finance)

    assert questions() == alone == 5  # what is public, versions, values, spending, measures


def test_a_folder_of_other_things_and_an_unwritable_place_are_refused(tmp_path: Path):
    (tmp_path / "信件.txt").write_text("别动")

    with pytest.raises(CommandError, match="里有别的东西"):
        call_command("export_public", str(tmp_path))
    with pytest.raises(CommandError, match="无法写入"):
        call_command("export_public", str(tmp_path / "没有" / "x.zip"))
    with pytest.raises(CommandError, match="无法写入"):
        call_command("export_public", str(tmp_path / "信件.txt"))
