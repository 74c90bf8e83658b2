"""A finding that somebody lets stand: who, why, until when, and how it ends."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import localdate

from kaoji.platform.events.event_log import story_of
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted
from kaoji.samples import SONGJIANG_2023
from kaoji.subjects.declarations.actions.end_waiver import UnableToEnd, end_waiver
from kaoji.subjects.declarations.actions.waive_finding import UnableToWaive, waive_finding
from kaoji.subjects.declarations.models import Declaration, FindingRow
from kaoji.subjects.declarations.queries.open_findings import open_findings
from kaoji.subjects.declarations.queries.waivers import said_in, subject_of, waivers_in_force
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.queries.outstanding import outstanding
from kaoji.subjects.verification.queries.verifying import verify_chain
from support.people import NOON, person

pytestmark = pytest.mark.django_db

NEW_YEARS_EVE = date(2026, 12, 31)


@pytest.fixture
def declaration() -> Declaration:
    filer = person("填报")
    intake = import_document(
        SONGJIANG_2023.read_bytes(), name="s.txt", acting_user=filer, now=NOON
    )
    return confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)[0]


def finding_of(declaration: Declaration, rule: str = "KJ307") -> FindingRow:
    return FindingRow.objects.get(revision__declaration=declaration, rule=rule)


def waive(declaration: Declaration, **changes):
    values = {"reason": "季度发放，年底核对", "until": NEW_YEARS_EVE, **changes}
    if "acting_user" not in values:
        values["acting_user"] = person("主管部门审核")
    return waive_finding(declaration, finding=finding_of(declaration), now=NOON, **values)


def test_a_waiver_names_who_why_and_until_when(declaration: Declaration):
    waiver = waive(declaration)

    [held] = waivers_in_force(declaration, on=NEW_YEARS_EVE).values()
    assert (held.rule, held.place) == (
        "KJ307",
        "时效指标 / 下拨康复辅具社区租赁试点建设补贴资金",
    )
    assert (held.given_by.username, held.reason) == ("shen", "季度发放，年底核对")
    assert "豁免 KJ307" in str(story_of(Event.objects.latest("sequence")))
    assert waiver.until == NEW_YEARS_EVE
    assert verify_chain() == Event.objects.count()


def test_a_waiver_ends_by_its_date(declaration: Declaration):
    waive(declaration)

    assert not waivers_in_force(declaration, on=NEW_YEARS_EVE + timedelta(days=1))


def test_a_waiver_ends_by_somebodys_hand(declaration: Declaration):
    reviewer = person("主管部门审核")
    waiver = waive(declaration, acting_user=reviewer)

    end_waiver(waiver, acting_user=reviewer, now=NOON)

    assert not waivers_in_force(declaration, on=NEW_YEARS_EVE)
    with pytest.raises(UnableToEnd):
        end_waiver(waiver, acting_user=reviewer, now=NOON)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"reason": " "}, "理由"), ({"until": date(2020, 1, 1)}, "已经过去")],
)
def test_a_waiver_that_says_too_little_is_refused(
    declaration: Declaration, changes: dict, reason: str
):
    with pytest.raises(UnableToWaive, match=reason):
        waive(declaration, **changes)
    assert not declaration.waivers.exists()


def test_a_waiver_may_end_today_and_not_yesterday(declaration: Declaration):
    reviewer = person("主管部门审核")

    with pytest.raises(UnableToWaive, match="已经过去"):
        waive(declaration, until=NOON.date() - timedelta(days=1), acting_user=reviewer)
    waive(declaration, until=NOON.date(), acting_user=reviewer)

    assert waivers_in_force(declaration, on=NOON.date())


def test_nothing_is_waived_twice(declaration: Declaration):
    reviewer = person("主管部门审核")
    waive(declaration, acting_user=reviewer)

    with pytest.raises(UnableToWaive, match="已经豁免"):
        waive(declaration, acting_user=reviewer)


def test_who_filled_in_the_form_cannot_waive_its_findings(declaration: Declaration):
    from django.contrib.auth.models import User

    filer = User.objects.get(username="tian")

    with pytest.raises(NotPermitted):
        waive(declaration, acting_user=filer)


def test_a_waiver_that_ended_by_its_day_can_be_given_anew(declaration: Declaration):
    reviewer = person("主管部门审核")
    waive(declaration, acting_user=reviewer)
    later = NOON + timedelta(days=60)

    waive_finding(
        declaration, finding=finding_of(declaration), reason="再等一季", until=date(2027, 6, 30),
        acting_user=reviewer, now=later,
    )  # fmt: skip

    assert len(waivers_in_force(declaration, on=date(2027, 3, 1))) == 1
    assert declaration.waivers.filter(ended_at__isnull=True).count() == 1


def test_another_fault_in_the_same_place_is_not_waived(declaration: Declaration):
    waive(declaration)
    finding = finding_of(declaration)
    finding.said = said_in({**finding.message, "template": "另一个问题"})

    assert subject_of(finding) not in waivers_in_force(declaration, on=NEW_YEARS_EVE)


def listed(query: str = "") -> dict[str, str]:
    """The list of forms: what stands under errors and under warnings, by project."""
    client = Client()
    client.force_login(User.objects.get(username="tian"))
    page = client.get(f"/declarations/?{query}").content.decode()
    rows = re.findall(r"<tr>\s*<td data-label=\"年度\".*?</tr>", page, re.DOTALL)
    return {
        re.search(r"/declarations/\d+/\">([^<]+)", row)[1]: " ".join(
            re.sub(r"<[^>]+>", " ", row).split()[-2:]
        )
        for row in rows
    }


@pytest.fixture
def with_an_error(declaration: Declaration) -> Declaration:
    """A form in which one thing was found, and it is an error."""
    FindingRow.objects.filter(revision__declaration=declaration, severity="error").delete()
    finding = finding_of(declaration)
    FindingRow.objects.filter(pk=finding.pk).update(severity="error")
    Declaration.objects.filter(pk=declaration.pk).update(errors=1, warnings=0)
    FindingRow.objects.filter(revision__declaration=declaration, severity="warning").delete()
    declaration.refresh_from_db()
    return declaration


def today_waiver(declaration: Declaration):
    return waive(declaration, until=date(2999, 12, 31))


def test_a_waived_error_is_no_error_of_the_list(with_an_error: Declaration):
    name = with_an_error.project_name
    assert listed()[name] == "1 0"
    assert name in listed("mark=errors")

    waiver = today_waiver(with_an_error)

    assert listed()[name] == "0 0"
    assert name not in listed("mark=errors")
    end_waiver(waiver, acting_user=User.objects.get(username="shen"), now=NOON)
    assert listed()[name] == "1 0"


def test_nor_of_the_desk_nor_of_the_file_nor_of_the_question_before_a_move(
    with_an_error: Declaration,
):
    today_waiver(with_an_error)
    client = Client()
    client.force_login(User.objects.get(username="tian"))

    assert "没有错误，可以提交" in client.get("/todo/").content.decode()
    file = client.get("/declarations/export.csv").content.decode("utf-8-sig")
    assert file.splitlines()[-1].endswith(",0,0")
    questions = outstanding(
        with_an_error, "forward", person=User.objects.get(username="shen"), on=localdate()
    )
    assert [item.key.partition(":")[0] for item in questions if "doubts" not in item.key] == [
        "waived"
    ]


def test_what_is_open_is_counted_of_the_day(with_an_error: Declaration):
    waive(with_an_error)

    assert open_findings(with_an_error, on=NEW_YEARS_EVE).errors == 0
    assert open_findings(with_an_error, on=NEW_YEARS_EVE + timedelta(days=1)).errors == 1


def test_a_waiver_of_one_form_lets_no_fault_of_another_stand(with_an_error: Declaration):
    other = Declaration.objects.get(pk=with_an_error.pk)
    revision = with_an_error.revisions.get()
    finding = finding_of(with_an_error)
    other.pk, other.project_name, other.errors = None, "另一个项目", 1
    other.save()
    revision.pk, revision.declaration = None, other
    revision.save()
    finding.pk, finding.revision = None, revision
    finding.save()

    today_waiver(with_an_error)

    assert open_findings(other, on=NOON.date()).errors == 1
    assert open_findings(with_an_error, on=NOON.date()).errors == 0


def test_the_list_is_sorted_by_what_is_open(with_an_error: Declaration):
    today_waiver(with_an_error)

    assert list(listed("sort=-errors").values()) == sorted(
        listed("sort=-errors").values(), reverse=True
    )
