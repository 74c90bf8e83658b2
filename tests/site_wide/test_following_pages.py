"""What follows an approval, over the site: who sees it, who may do it, and what nobody of another place learns."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.subjects.service_records.actions.record_service import Service, record_service
from kaoji.subjects.surveys.actions.open_survey import open_survey
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import ROLE_NAMES, Role
from oracle.tables import roles_for
from support.followed import PLAN, demanded
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db

LOOKS = (
    "/results/{pk}/",
    "/results/{pk}/indicator/1/",
    "/results/{pk}/services/",
    "/results/{pk}/services/{record}/",
    "/results/{pk}/surveys/",
    "/results/{pk}/surveys/{survey}/",
    "/results/{pk}/recheck/1/",
    "/results/{pk}/evaluation/1.txt",
    "/monitoring/{period}/{pk}/",
    "/following/rectifications/{rectification}/",
    "/following/rectifications/of/{pk}/",
    "/following/evaluations/of/{pk}/",
    "/following/whole/{place}/2023/",
    "/following/whole/{place}/2023/disclosure.docx",
    "/following/reports/{top}/self-evaluations/2023/",
    "/following/reports/{top}/monitoring/{period}/",
)
OPEN = ("/monitoring/", "/following/", "/following/rechecks/", "/following/rectifications/",
        "/following/evaluations/", "/following/whole/?year=2023", "/following/reports/?year=2023",
        "/following/appraisal/?year=2023", "/following/appraisal.csv?year=2023",
        "/figures/")  # fmt: skip


@dataclass(frozen=True)
class Step:
    """An address that changes something, the act in `tests/oracle/rights.csv`, what is sent."""

    address: str
    act: str
    sends: dict[str, object]


STEPS = (
    Step("/results/{pk}/actual/", "填实际值", {"place": "数量指标 / 养护里程", "as_of": "2023-12-31", "value": "36公里"}),
    Step("/results/{pk}/spending/", "记支出", {"month": "2023-07", "amount": "5"}),
    Step("/results/{pk}/services/", "记服务", {"kind": "visit", "on": "2023-05-05", "subject": "走访"}),
    Step("/results/{pk}/services/{record}/", "作废服务", {"withdraw": "1", "reason": "记错"}),
    Step("/results/{pk}/surveys/", "开问卷", {
        "title": "问卷", "audience": "居民", "questions": "满意吗？", "opens_on": "2023-01-01",
        "closes_on": "2023-12-31", "is_open_to_all": "on",
    }),
    Step("/results/{pk}/indicator/1/", "定取值办法", {
        "way": "service_records", "title": "台账", "kind": "visit", "statistic": "count",
    }),
    Step("/following/rectifications/{rectification}/", "答复整改", {"kind": "answer", "text": "已改"}),
    Step("/following/rechecks/", "抽取复核", {"place": "{top}", "year": "2023", "size": "1"}),
    Step("/monitoring/", "布置监控", {
        "place": "{top}", "year": "2023", "title": "全年", "until": "2023-12-31", "due_on": "2099-01-01",
    }),
    Step("/results/{pk}/recheck/1/", "财政复核", {"level": "finance", "opinion": "同意"}),
    Step("/following/reports/{top}/self-evaluations/2023/", "报自评汇总报告", {
        "organised": "已自评", "measures": "早开工", "use": "与预算挂钩",
    }),
)  # fmt: skip


@pytest.fixture
def keys(approved, evaluation, department, period, filer) -> dict[str, int]:
    record = record_service(
        approved,
        Service("visit", NOON.date().replace(year=2023), "回访"),
        acting_user=filer,
        now=NOON,
    )
    survey = open_survey(approved, PLAN, acting_user=filer, now=NOON)
    return {
        "pk": approved.pk, "record": record.pk, "survey": survey.pk, "period": period.pk,
        "rectification": demanded(approved, department).pk, "place": approved.organisation_id,
        "top": place().pk,
    }  # fmt: skip


def signed_in(role: Role, at=None) -> Client:
    more = {}
    if role is Role.THIRD_PARTY:
        more["agency"] = place("某事务所", PlaceKind.AGENCY, place())
    client = Client()
    client.force_login(person(ROLE_NAMES[role], f"who-{role.value}", at or place(), **more))
    return client


@pytest.mark.parametrize("role", list(Role))
def test_everybody_of_the_place_sees_and_only_who_may_acts(role: Role, keys):
    client = signed_in(role)
    for address in (*LOOKS, *OPEN):
        assert client.get(address.format(**keys)).status_code == 200, (role.value, address)
    for step in STEPS:
        events = Event.objects.count()
        sends = {name: str(value).format(**keys) for name, value in step.sends.items()}
        answer = client.post(step.address.format(**keys), sends)
        told = (role.value, step.address, answer.status_code)
        if role in roles_for(step.act):
            assert answer.status_code == 302, (*told, answer.content.decode()[:0])
            assert Event.objects.count() == events + 1, told
        else:
            assert answer.status_code in {403, 404}, told
            assert Event.objects.count() == events, told


@pytest.mark.parametrize("role", [Role.FILER, Role.DEPARTMENT_REVIEWER, Role.THIRD_PARTY])
def test_what_is_of_another_place_answers_as_if_there_were_none(role: Role, keys):
    client = signed_in(role, place("丁", PlaceKind.DEPARTMENT, place()))
    nothing = dict.fromkeys(keys, 987654)

    for address in LOOKS:
        theirs = client.get(address.format(**keys)).status_code
        assert theirs == client.get(address.format(**nothing)).status_code == 404, address
    for step in STEPS[:7]:
        answer = client.post(step.address.format(**keys), step.sends)
        assert answer.status_code in {403, 404}, step.address
    for address in OPEN:
        page = client.get(address).content.decode()
        assert "进度滞后" not in page, address
        assert "1—7 月运行监控" not in page, address


def test_a_refused_value_is_told_at_its_row_with_what_was_typed(keys, filer):
    client = Client()
    client.force_login(filer)

    page = client.post(
        f"/results/{keys['pk']}/actual/",
        {"place": "质量指标 / 验收合格率", "as_of": "2023-12-31", "value": "0.99"},
    ).content.decode()

    row = page.partition('id="row-2"')[2].partition("</tr>")[0]
    assert "请写成百分数" in row
    assert 'value="0.99"' in row
