"""An auditor takes the proof of a closed run home: it holds by itself, and tells no name, number or account."""

from __future__ import annotations

import io

import pytest

from kaoji.platform.events.event_log import story_of
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.benefits.actions.take_proof import closed_between, take_proof
from kaoji.subjects.benefits.models import Item, PayeeAccount, Run
from support.paid import JULY, OLD_AGE, PEOPLE, Office, day
from support.proved import another_quarter, closed_run, files_of, proof_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(office: Office) -> Run:
    return closed_run(office)


def test_what_was_paid_by_the_book_has_no_difference(office: Office, run: Run):
    assert told(proof_of(office, run)) == {"V1": [], "V2": [], "V3": []}


def test_runs_that_reduce_pay_arrears_and_find_again_hold_together(office: Office, run: Run):
    october = another_quarter(office)

    proof = proof_of(office, run, october)

    kinds = {(item.kind, item.change) for item in Item.objects.filter(run=october)}
    assert {("reduction", "stopped"), ("arrear", "new"), ("due", "new")} <= kinds
    assert told(proof) == {"V1": [], "V2": [], "V3": []}


def test_the_same_records_give_the_same_files(office: Office, run: Run):
    one, other = files_of(proof_of(office, run)), files_of(proof_of(office, run))

    assert one == other


def test_no_name_number_or_account_goes_home(office: Office):
    run = closed_run(office, reason="赵冬之子张秋来电，证号 310117195605090125")
    planted = [*PEOPLE, "工商银行", "622202100111", "3101171", "账户已销户", "来电"]
    planted += [
        value
        for person in PayeeAccount.objects.values_list(
            "person__id_sealed", "person__name_sealed", "person__name_hash", "person__id_masked",
            "person__name_masked", "holder_sealed", "number_sealed", "number_hash", "holder_hash",
        )
        for value in person
    ]  # fmt: skip

    files = files_of(proof_of(office, run))

    assert len(files) == 29
    for name, content in files.items():
        for value in planted:
            assert value not in content.decode(), (name, value)


def test_only_an_auditor_of_the_office_takes_it(office: Office, run: Run):
    for role in ("发放经办", "发放审批", "发放出纳"):
        with pytest.raises(NotPermitted):
            take_proof([run], io.BytesIO(), acting_user=office.who(role), now=day(12, 9))

    assert Event.objects.last().type != "benefits.proof_taken"
    proof_of(office, run)
    taken = Event.objects.last()
    assert (taken.type, taken.payload["months"]) == ("benefits.proof_taken", "2023-07")
    assert str(story_of(taken)) == "带走老年综合津贴 2023-07 的发放证明"


def test_a_run_that_is_not_closed_is_refused(office: Office):
    office.receive()
    run = office.computed()

    with pytest.raises(UnableToAct, match="2023-07 的批次还没有关闭"):
        proof_of(office, run)


def test_months_without_a_run_are_refused(office: Office):
    with pytest.raises(UnableToAct, match="2023-07 至 2023-07 没有批次"):
        closed_between(office.place, OLD_AGE, JULY, JULY)
