"""Runs that do not go the usual way: their proof holds, and their pages offer what can be done."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
from django.test import Client

from kaoji.audit.ledger.tables import UnreadableExport
from kaoji.audit.ledger.verify import verify_export
from kaoji.platform.events.models import Event
from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import Doubt, DutyDone, Person, Run, Try
from kaoji.subjects.benefits.pages.strip import act_for
from support.paid import PEOPLE, Office, day, line, number, returned, row, sheet
from support.proved import closed_run, cover_up, files_of, forge, proof_of, rewritten, told

pytestmark = pytest.mark.django_db
NOTHING = {"V1": [], "V2": [], "V3": []}
TOO_LONG = row("王春").replace("王春", "王" + "春" * 35, 1)  # 72 bytes; the bank takes 62


def paid(office: Office, *, failed: tuple[str, ...] = ()) -> Run:
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=failed)
    return office.closed(Run.objects.get(pk=run.pk))


def test_whom_the_banks_file_cannot_hold_is_told_by_number_and_shown_to_the_cashier(
    office: Office,
):
    office.receive(sheet(row("李夏"), row("张秋"), row("赵冬"), TOO_LONG))
    run = office.sent(office.approved(office.confirmed(office.computed())))
    left = Person.objects.get(name_masked__startswith="王")
    client = Client()
    client.force_login(office.cashier)

    page = client.get(f"/benefits/runs/{run.pk}/bank/").content.decode()
    office.answered(run)
    proof = proof_of(office, office.closed(Run.objects.get(pk=run.pk)))

    payload = Event.objects.get(type="benefits.file_made_without").payload
    assert (payload["left"], payload["left_people"]) == (1, [left.pk])
    assert "户名长 72 字节" in page
    assert told(proof) == NOTHING
    for name, content in files_of(proof).items():
        assert left.name_masked not in content.decode(), name
        assert left.id_masked not in content.decode(), name


def test_a_small_run_whose_file_is_not_made_yet_says_nothing_wrong(office: Office):
    run = paid(office, failed=("张",))
    again = resend_failed(run, acting_user=office.clerk, now=day(7, 19))
    office.approved(again, now=day(7, 20))

    assert told(proof_of(office, run))["V2"] == []


def test_what_was_approved_later_asks_nobody_more_of_what_was_approved_before(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    for module in (
        "kaoji.benefits.approvals",
        "kaoji.subjects.benefits.actions.approve_run",
        "kaoji.audit.ledger.approvals",
    ):
        monkeypatch.setattr(
            f"{module}.approvals_needed", lambda total, *, period: 2 if total >= 300_000 else 1
        )
    one = paid(office)
    newcomers = [
        f"陈{at}新,{number(date(1931, 8, 8), 20 + at)},方松街道,2023-07,62220211100008{at:02d},工商银行"
        for at in range(3)
    ]
    office.receive(sheet(*newcomers), name="b.csv", as_of=date(2023, 7, 18), now=day(7, 19))
    two = office.confirmed(office.computed(now=day(7, 20)), now=day(7, 21))
    two = office.approved(two, now=day(7, 22))
    assert two.state == "confirmed"
    two = office.approved(two, now=day(7, 23), number_=2)
    two = office.sent(two, now=day(7, 24))
    office.answered(two, on="2023-07-25", now=day(7, 26))
    two = office.closed(Run.objects.get(pk=two.pk), now=day(7, 27))

    assert told(proof_of(office, one, two))["V2"] == []


def test_a_clock_set_back_before_the_closing_makes_no_rate_wrong(office: Office):
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, now=day(7, 17))
    run = office.closed(Run.objects.get(pk=run.pk), now=day(7, 17) - timedelta(seconds=1))

    assert told(proof_of(office, run))["V2"] == []


def test_a_clock_set_back_between_two_late_answers_makes_no_rate_wrong(office: Office):
    run = paid(office, failed=("王",))
    for at, sign in ((day(7, 20), "李"), (day(7, 20) - timedelta(seconds=5), "张")):
        sent = Try.objects.get(payment__person__name_masked__startswith=sign)
        back = returned(run, line(sent, "R", on="2023-07-19", at=1))
        read_return(run, back, acting_user=office.cashier, now=at)

    assert told(proof_of(office, run))["V2"] == []


def test_who_opened_a_run_prepared_what_is_sent_again_of_it(office: Office):
    office.who("审计只读")
    run = closed_run(office)
    small = Run.objects.get(resends=run)
    opener = office.who("发放审批", 9)
    forge(Run, {"pk": run.pk}, made_by=opener)
    forge(DutyDone, {"run": small, "duty": "approve"}, made_by=opener)
    for event in Event.objects.filter(type="benefits.run_approved"):
        if event.payload["run"] == small.pk:
            forge(Event, {"pk": event.pk}, actor=opener)
    cover_up()

    assert told(proof_of(office, run))["V2"]


@pytest.mark.parametrize("name", ["office", "title", "files"])
def test_a_proof_that_lacks_what_it_must_say_is_refused_in_a_sentence(
    office: Office, name: str
):
    def without(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        del manifest[name]
        files["manifest.json"] = json.dumps(manifest).encode()

    damaged = rewritten(proof_of(office, closed_run(office)), without, remake=False)

    with pytest.raises(UnreadableExport):
        verify_export(io.BytesIO(damaged))


def test_the_law_of_another_programme_is_no_law_of_this_one(office: Office):
    def another(files: dict[str, bytes]) -> None:
        law = json.loads(files["law.json"])
        files["law.json"] = json.dumps({**law, "programme": "child_living"}).encode()

    forged = rewritten(proof_of(office, closed_run(office)), another)

    assert told(forged)["V3"]


def test_who_left_and_came_back_is_not_told_to_be_paid_no_more(office: Office):
    office.receive()
    left = sheet(f"{number(PEOPLE['王春'][0])},2023-08-15", captions="身份证号,日期")
    office.receive(left, kind="left", as_of=date(2023, 8, 31), now=day(9, 1), name="l.csv")
    back = sheet(row("王春", start="2023-10"))
    office.receive(back, as_of=date(2023, 9, 30), now=day(10, 1), name="g.csv")

    heard = office.receive(
        sheet(row("王春", start="2023-10"), row("李夏")),
        as_of=date(2023, 10, 31), now=day(11, 1), name="h.csv",
    )  # fmt: skip

    assert [item for item in heard.remarks if "不再发放" in str(item)] == []


def test_what_nobody_shall_send_again_is_not_offered_again(office: Office):
    office.receive()
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=("赵",))
    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 7, 18), now=day(7, 18), name="d.csv")
    again = resend_failed(Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(7, 19))
    busy = act_for(Run.objects.get(pk=run.pk), office.clerk)
    for doubt in Doubt.objects.filter(run=again, effect="hold"):
        decide_doubt(doubt, "stop", reason="死亡", acting_user=office.checker, now=day(7, 20))
    again = office.approved(Run.objects.get(pk=again.pk), now=day(7, 20))
    close_run(again, acting_user=office.clerk, now=day(7, 21))

    after = act_for(Run.objects.get(pk=run.pk), office.clerk)

    assert [act and act.name for act in (busy, after)] == ["关闭批次", "关闭批次"]
