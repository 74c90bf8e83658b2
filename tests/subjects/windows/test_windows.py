"""When a stage is open: from a day to a day, nearest place first, late exceptions by name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from kaoji.core.speech import restored
from kaoji.platform.notices.models import Notice
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import MoveRefused, move_declaration
from kaoji.subjects.review.actions.remind import remind
from kaoji.subjects.windows.actions.extend_window import extend_window
from kaoji.subjects.windows.actions.set_window import set_window
from kaoji.subjects.windows.models import Window
from kaoji.subjects.windows.queries import shut_stages
from kaoji.workflow.moves import Stage
from kaoji.workflow.places import PlaceKind
from support.people import NOON, person, place
from support.road_form import FORM

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture
def unit() -> Organisation:
    return place("丙", PlaceKind.UNIT, place("乙", PlaceKind.DEPARTMENT, place()))


@pytest.fixture
def finance() -> User:
    return person("财政绩效")


def opened(finance: User, at: Organisation, opens: date, closes: date) -> Window:
    return set_window(
        2023, Stage.DECLARE, at, opens_on=opens, closes_on=closes, acting_user=finance, now=NOON
    )


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (TODAY, TODAY, None),
        (TODAY - timedelta(1), TODAY + timedelta(1), None),
        (TODAY + timedelta(1), TODAY + timedelta(9), "自 2026-11-25 开始"),
        (TODAY - timedelta(9), TODAY - timedelta(1), "已于 2026-11-23 截止"),
    ],
)
def test_both_days_are_included(unit, finance, opens, closes, said):
    opened(finance, place(), opens, closes)

    shut = shut_stages(2023, unit, on=TODAY)

    assert (said is None) == (not shut)
    assert said is None or said in str(shut[Stage.DECLARE])


def test_the_window_nearest_to_the_unit_counts(unit, finance):
    opened(finance, place(), TODAY - timedelta(9), TODAY - timedelta(1))
    opened(finance, unit, TODAY, TODAY)

    assert not shut_stages(2023, unit, on=TODAY)
    assert shut_stages(2023, unit.parent, on=TODAY)


def test_other_years_and_stages_stay_open(unit, finance):
    opened(finance, place(), TODAY - timedelta(9), TODAY - timedelta(1))

    assert not shut_stages(2024, unit, on=TODAY)
    assert set(shut_stages(2023, unit, on=TODAY)) == {Stage.DECLARE}


def filed(unit: Organisation) -> tuple[Declaration, User]:
    filer = person("填报", at=unit)
    intake = import_document(FORM.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    return made, filer


def test_after_the_window_a_form_is_submitted_only_with_an_extension(unit, finance):
    declaration, filer = filed(unit)
    window = opened(finance, place(), TODAY - timedelta(9), TODAY - timedelta(1))

    def submit() -> Declaration:
        return move_declaration(declaration, "submit", revision=1, acting_user=filer, now=NOON)

    with pytest.raises(
        MoveRefused, match="已于 2026-11-23 截止；确需办理的，请财政绩效科准予延期"
    ):
        submit()
    extend_window(window, unit, until=TODAY, reason="系统停电", acting_user=finance, now=NOON)
    assert Notice.objects.filter(person=filer).count() == 1
    assert submit().state == "submitted"


def test_an_extension_is_for_its_unit_and_needs_sense(unit, finance):
    other = place("丁", PlaceKind.UNIT, unit.parent)
    window = opened(finance, unit.parent, TODAY - timedelta(9), TODAY - timedelta(1))

    def extend(at: Organisation, until: date = TODAY, reason: str = "停电") -> None:
        extend_window(window, at, until=until, reason=reason, acting_user=finance, now=NOON)

    extend(unit)
    assert shut_stages(2023, other, on=TODAY)
    for refused, why in (
        (lambda: extend(place()), "之下"),
        (lambda: extend(unit, reason=" "), "理由"),
        (lambda: extend(unit, until=TODAY - timedelta(1)), "不晚于"),
    ):
        with pytest.raises(UnableToAct, match=why):
            refused()


@pytest.mark.parametrize("role", ["填报", "主管部门审核", "财政业务", "管理员", "审计只读"])
def test_only_the_performance_division_sets_and_extends(unit, finance, role):
    other = person(role)
    window = opened(finance, unit, TODAY, TODAY)

    with pytest.raises(NotPermitted):
        opened(other, unit, TODAY, TODAY)
    with pytest.raises(NotPermitted):
        extend_window(
            window, unit, until=TODAY + timedelta(9), reason="x", acting_user=other, now=NOON
        )


def test_a_window_closes_after_it_opens(unit, finance):
    with pytest.raises(UnableToAct, match="早于"):
        opened(finance, unit, TODAY, TODAY - timedelta(1))
    assert not Window.objects.exists()


def test_the_day_is_that_of_the_place_not_of_greenwich(unit, finance):
    """At half past midnight in Shanghai it is still yesterday in Greenwich."""
    declaration, filer = filed(unit)
    opened(finance, place(), TODAY, TODAY)
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)

    with pytest.raises(MoveRefused, match="截止"):
        move_declaration(declaration, "submit", revision=1, acting_user=filer, now=late)


def test_the_page_sets_extends_and_refuses(unit, finance):
    client = Client()
    client.force_login(finance)
    given = {
        "year": "2023", "stage": "declare", "place": unit.pk,
        "opens_on": "2026-11-01", "closes_on": "2026-11-02",
    }  # fmt: skip

    assert client.post("/windows/", given).status_code == 302
    [window] = Window.objects.all()
    answer = client.post(
        f"/windows/{window.pk}/extend/",
        {"place": unit.pk, "until": "2026-12-01", "reason": "停电"},
    )
    assert answer.status_code == 302
    assert "丙 延至 2026-12-01：停电" in client.get("/windows/").content.decode()
    for field, value in (
        ("year", "9999999"), ("stage", "x"), ("place", "0"), ("opens_on", "昨天"),
        ("closes_on", "2026-10-01"),
    ):  # fmt: skip
        refused = client.post("/windows/", {**given, field: value})
        assert refused.status_code in {409, 422}, field
    assert client.post("/windows/987654/extend/", {}).status_code == 404


def test_others_see_what_holds_for_them_and_nothing_else(unit, finance):
    elsewhere = place("己", PlaceKind.DEPARTMENT, place())
    opened(finance, place(), TODAY, TODAY)
    opened(finance, elsewhere, TODAY, TODAY + timedelta(40))
    client = Client()
    client.force_login(person("填报", at=unit))

    page = client.get("/windows/").content.decode()

    assert "2026-11-24 – 2026-11-24" in page
    assert "己" not in page
    assert client.post("/windows/", {}).status_code in {403, 422}


def test_mail_that_fails_is_told_and_tried_again_and_is_sent_once(unit, finance, settings):
    _, filer = filed(unit)
    User.objects.filter(pk=filer.pk).update(email="tian@example.cn")
    opened(finance, place(), TODAY - timedelta(9), TODAY + timedelta(2))
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    failed = remind(days=3, now=NOON)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent = [remind(days=3, now=NOON + timedelta(hours=hour)).mailed for hour in (1, 2)]

    assert (failed.mailed, len(failed.failed)) == (0, 1)
    assert "tian@example.cn" in failed.failed[0]
    assert sent == [1, 0]
    assert [message.to for message in mail.outbox] == [["tian@example.cn"]]
    assert Notice.objects.filter(person=filer).exclude(topic="").count() == 1


def test_a_reminder_tells_who_has_not_submitted_before_the_last_day(unit, finance):
    _, filer = filed(unit)
    opened(finance, place(), TODAY - timedelta(9), TODAY + timedelta(2))

    assert remind(days=1, now=NOON).notices == 0
    assert remind(days=3, now=NOON).notices == 1
    assert remind(days=3, now=NOON + timedelta(hours=1)).notices == 1

    [notice] = Notice.objects.filter(person=filer)
    assert str(restored(notice.sentence)) == "2023 年申报于 2026-11-26 截止，还有 1 份等您办理"
    page = Client()
    page.force_login(filer)
    shown = page.get("/todo/").content.decode()
    assert "还有 1 份等您办理" in shown
    assert "unseen" not in shown.partition('id="news"')[2]  # a class that would hide it
