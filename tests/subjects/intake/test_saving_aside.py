"""Many forms are saved in a process of their own: once, with the rights of the moment, and nothing is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from kaoji.core.speech import restored
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.organisation.models import Appointment
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.intake.actions import confirm_intake as confirming
from kaoji.subjects.intake.actions.confirm_aside import confirm_aside, save_confirmed
from kaoji.subjects.intake.actions.confirm_intake import UnableToConfirm
from kaoji.subjects.intake.actions.discard_intake import discard_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.intake.actions.open_intake import BeingSaved
from kaoji.subjects.intake.models import Confirmation, Intake
from kaoji.subjects.verification.queries.verifying import differences
from support.people import NOON, person

pytestmark = pytest.mark.django_db

COUNT = 23
FORMS = "---\n".join(
    f"项目: 项目{number}\n年度: 2023\n主管部门: 乙\n实施单位: 丙\n"
    "产出指标 / 质量指标 / 路面合格率: ≥ 90 %\n"
    for number in range(COUNT)
)


def opened(user) -> Intake:
    return import_document(FORMS.encode(), name="x.txt", acting_user=user, now=NOON)


def asked(user, intake: Intake | None = None, numbers=range(COUNT)) -> Confirmation:
    return confirm_aside(
        intake or opened(user), form_numbers=numbers, acting_user=user, now=NOON
    )


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def press_save(client: Client, intake: Intake, numbers=range(COUNT)):
    return client.post(f"/intake/{intake.pk}/confirm/", {"form": list(numbers)}, follow=True)


class Killed(BaseException):
    """The process is no more."""


def dying_at(monkeypatch: pytest.MonkeyPatch, which: int, fate: type[BaseException]) -> None:
    """Let whoever writes the form of this number, or a later one, meet their fate."""
    write, calls = confirming.record_form, iter(range(1_000))

    def perhaps(*arguments, **more):
        if next(calls) >= which:
            raise fate
        return write(*arguments, **more)

    monkeypatch.setattr(confirming, "record_form", perhaps)


def test_a_few_forms_are_saved_while_one_waits_many_in_a_process_of_their_own(do_jobs):
    user = person("填报")
    intake, client = opened(user), signed_in(user)

    press_save(client, intake, range(3))
    assert Declaration.objects.count() == 3

    page = press_save(client, intake).content.decode()
    assert Declaration.objects.count() == 3
    assert "已办 0 份，共 23 份" in page

    do_jobs()
    assert Declaration.objects.count() == COUNT
    assert not list(differences())


def test_whoever_leaves_finds_the_saving_again_and_what_came_of_it(do_jobs):
    user = person("填报")
    intake, client = opened(user), signed_in(user)
    press_save(client, intake)

    assert "等待保存 0/23" in client.get("/intake/").content.decode()
    do_jobs()
    page = client.get(f"/intake/{intake.pk}/", follow=True)

    assert page.redirect_chain[-1][0] == "/declarations/"
    assert "已保存 23 份申报表" in page.content.decode()
    assert not Confirmation.objects.exists()


def test_pressing_twice_saves_once(do_jobs):
    user = person("填报")
    intake, client = opened(user), signed_in(user)

    press_save(client, intake)
    press_save(client, intake)
    do_jobs()

    assert Revision.objects.count() == COUNT
    assert Event.objects.filter(type="intake.confirmed").count() == 1


def test_nothing_else_is_done_with_an_import_while_it_is_saved(do_jobs):
    user = person("填报")
    intake = opened(user)
    asked(user, intake)

    with pytest.raises(BeingSaved, match="正在保存"):
        discard_intake(intake, acting_user=user, now=NOON)
    with pytest.raises(BeingSaved, match="正在保存这次导入的 23 份表"):
        asked(user, intake, range(22))
    do_jobs()
    intake.refresh_from_db()
    assert intake.state == Intake.State.CONFIRMED


def test_what_speaks_against_it_is_said_at_once(do_jobs):
    user = person("填报")

    with pytest.raises(UnableToConfirm):
        asked(user, numbers=range(99))

    assert not Confirmation.objects.exists()


def test_a_process_that_was_killed_goes_on_behind_what_stands(do_jobs, monkeypatch):
    user = person("填报")
    confirmation = asked(user)
    with monkeypatch.context() as night, pytest.raises(Killed):  # noqa: PT012
        dying_at(night, 8, Killed)
        save_confirmed.call(confirmation.pk)
    confirmation.refresh_from_db()
    assert (confirmation.state, confirmation.done) == (Confirmation.State.SAVING, 8)

    save_confirmed.call(confirmation.pk)

    confirmation.refresh_from_db()
    assert (confirmation.state, confirmation.saved) == (Confirmation.State.SAVED, COUNT)
    assert Revision.objects.count() == COUNT
    [event] = Event.objects.filter(type="intake.confirmed")
    assert (event.payload["saved"], event.payload["left"]) == (COUNT, 0)
    assert not list(differences())


def test_what_kills_every_process_is_given_up_and_told(do_jobs, monkeypatch):
    user = person("填报")
    confirmation = asked(user)
    dying_at(monkeypatch, 0, Killed)
    for _ in range(2):
        with pytest.raises(Killed):
            save_confirmed.call(confirmation.pk)

    save_confirmed.call(confirmation.pk)

    page = signed_in(user).get(f"/intake/{confirmation.intake_id}/").content.decode()
    assert "保存时几次中断，已停下" in page


def test_a_fault_in_the_middle_is_told_and_the_rest_can_be_saved(do_jobs, monkeypatch):
    user = person("填报")
    confirmation = asked(user)
    with monkeypatch.context() as bad_luck, pytest.raises(RuntimeError):  # noqa: PT012
        dying_at(bad_luck, 8, RuntimeError)
        save_confirmed.call(confirmation.pk)

    page = signed_in(user).get(f"/intake/{confirmation.intake_id}/").content.decode()
    assert "已保存 8 份申报表" in page
    assert "保存时出错，已停下" in page
    save_confirmed.call(asked(user, confirmation.intake).pk)
    assert Revision.objects.count() == COUNT


def test_rights_are_those_of_the_moment_in_which_a_form_is_saved(do_jobs, monkeypatch):
    user, boss = person("填报"), person("管理员")
    confirmation = asked(user)
    write, calls = confirming.record_form, iter(range(COUNT))

    def and_loses_the_office(*arguments, **more):
        if next(calls) == 4:
            office = Appointment.objects.get(person=user)
            end_appointment(office, acting_user=boss, now=NOON)
        return write(*arguments, **more)

    monkeypatch.setattr(confirming, "record_form", and_loses_the_office)
    do_jobs()

    confirmation.refresh_from_db()
    assert confirmation.state == Confirmation.State.REFUSED
    assert "没有此项权限" in str(restored(confirmation.refusal))
    assert Declaration.objects.count() == 6


def test_a_form_that_is_being_judged_is_told(do_jobs):
    user = person("填报")
    first = opened(user)
    confirming.confirm_intake(first, form_numbers=[0], acting_user=user, now=NOON)
    Declaration.objects.update(state="submitted")
    again = import_document(
        FORMS.replace("90 %", "95 %").encode(), name="y.txt", acting_user=user, now=NOON
    )

    confirmation = asked(user, again)
    do_jobs()

    confirmation.refresh_from_db()
    assert confirmation.state == Confirmation.State.REFUSED
    assert "项目0" in str(restored(confirmation.refusal))
    assert Declaration.objects.count() == 1


def test_many_forms_are_checked_where_they_are_saved_and_not_while_one_waits(do_jobs):
    user = person("填报")
    intake, client = opened(user), signed_in(user)

    assert "保存时再检查" in client.get(f"/intake/{intake.pk}/").content.decode()
    press_save(client, intake)
    do_jobs()

    assert not Declaration.objects.filter(warnings=0, errors=0).exists()
