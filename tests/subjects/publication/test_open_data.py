"""What is public taken whole: exactly what the pages show, in files and as one download."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from kaoji.documents.editing import Typed
from kaoji.platform.one_at_a_time import alone_at
from kaoji.subjects.declarations.actions.edit_declaration import edit_declaration
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import file_self_evaluation
from kaoji.subjects.self_evaluation.actions.recheck import recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.spending.actions.record_spending import record_spending
from support.followed import entered, measured, spent
from support.people import NOON
from support.road_form import MET, SOUND

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


def looked_at(evaluation: SelfEvaluation, finance: User, level: str = "finance") -> None:
    recheck(evaluation, level=level, changes={}, opinion="属实", acting_user=finance, now=NOON)


def published(held: Declaration, finance: User, **more: object) -> None:
    move_declaration(held, "publish", revision=1, acting_user=finance, now=NOON, **more)


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


def revised(held: Declaration, filer: User, goal: str) -> None:
    base = held.revisions.get(number=held.revision_count)
    typed = Typed({"annual_goal": goal}, {})
    edit_declaration(held, typed, base=base, seen=base.number, acting_user=filer, now=NOON)
    held.refresh_from_db()


def another(filer: User, finance: User, *, goal: str = "") -> Declaration:
    """Another form on its way to the public; with a *goal* its second version is the one that is approved."""
    intake = import_document(SOUND.encode(), name="y.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    if goal:
        revised(made, filer, goal)
    forwarding = User.objects.get(username="shen")
    doers = {"submit": filer, "forward": forwarding, "approve": finance, "publish": finance}
    for verb, user in doers.items():
        number = made.revision_count
        made = move_declaration(made, verb, revision=number, acting_user=user, now=NOON)
    return made


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


def test_a_folder_of_other_things_and_an_unwritable_place_are_refused(tmp_path: Path):
    (tmp_path / "信件.txt").write_text("别动")

    with pytest.raises(CommandError, match="里有别的东西"):
        call_command("export_public", str(tmp_path))
    with pytest.raises(CommandError, match="无法写入"):
        call_command("export_public", str(tmp_path / "没有" / "x.zip"))
    with pytest.raises(CommandError, match="无法写入"):
        call_command("export_public", str(tmp_path / "信件.txt"))


@dataclass(frozen=True)
class Download:
    """An answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __getitem__(self, name: str) -> str:
        with ZipFile(io.BytesIO(self.content)) as archive:
            return archive.read(name).decode()


def downloaded(**headers: str) -> Download:
    answer = Client().get("/public/kaoji-public.zip", headers=headers)
    content = b"".join(answer)
    return Download(answer.status_code, answer.headers, content)


@pytest.fixture(params=["kept", "not kept"])
def house(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A home folder where the download is kept, and one that is not there."""
    folder = tmp_path / "home"
    if request.param == "kept":
        folder.mkdir()
    monkeypatch.setenv("KAOJI_HOME", str(folder))
    return folder


def test_everybody_downloads_from_the_public_home_what_the_command_writes(
    approved: Declaration,
    evaluation: SelfEvaluation,
    finance: User,
    house: Path,
    tmp_path: Path,
):
    published(approved, finance)
    looked_at(evaluation, finance)
    call_command("export_public", str(tmp_path / "a.zip"), stdout=io.StringIO())

    answer = downloaded()

    assert 'href="/public/kaoji-public.zip"' in Client().get("/public/").content.decode()
    assert answer.headers["Content-Type"] == "application/zip"
    named = 'attachment; filename="kaoji-public-2026-11-24.zip"'
    assert answer.headers["Content-Disposition"] == named
    assert answer.content == (tmp_path / "a.zip").read_bytes()
    assert downloaded(if_none_match=answer.headers["ETag"]).status == 304


def test_what_is_withdrawn_is_in_no_download_and_lies_about_nowhere(
    approved: Declaration, finance: User, house: Path
):
    published(approved, finance)
    before = downloaded()
    assert "甲" in before["declarations.csv"]

    move_declaration(
        approved, "withdraw", revision=1, reason="有误", acting_user=finance, now=NOON
    )
    after = downloaded(if_none_match=before.headers["ETag"])

    assert after.status == 200
    assert "甲" not in after["declarations.csv"]
    assert len(list(house.glob("public-data/*.zip"))) == house.exists()


def test_who_asks_while_the_file_is_made_is_told_to_come_back(
    approved: Declaration, finance: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("KAOJI_HOME", str(tmp_path))
    published(approved, finance)
    folder = tmp_path / "public-data"
    folder.mkdir()

    with alone_at(folder / "making"):
        answer = downloaded()

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert "请半分钟后再下载" in answer.content.decode()
    assert downloaded().status == 200


def test_nobody_downloads_without_end(approved: Declaration):
    answers = [downloaded().status for _ in range(31)]

    assert answers[:30] == [200] * 30
    assert answers[30] == 429
