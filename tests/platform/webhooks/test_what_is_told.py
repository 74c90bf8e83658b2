"""What other systems are told is what the record says once the whole move is done."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from kaoji.platform.webhooks.actions.open_receiver import open_receiver
from kaoji.platform.webhooks.models import Delivery
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.review.actions.take_back_move import take_back_move
from support.people import NOON, person, place
from support.road_form import PUTUO

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def platform() -> None:
    """Another system that chose the ends of an adjustment, and forwarding."""
    open_receiver(
        place(), "平台", address="https://93.184.216.34/in",
        choices=["declaration.abandon", "declaration.reject", "declaration.forward"],
        acting_user=person("管理员"), now=NOON,
    )  # fmt: skip


def written_anew(filer: User, total: str) -> None:
    text = PUTUO.replace("250000", total)
    intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=NOON)
    confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)


@pytest.mark.parametrize(
    "steps", [("abandon",), ("submit", "forward", "reject")], ids=["abandoned", "rejected"]
)
def test_an_adjustment_that_came_to_nothing_is_told_with_what_is_in_force(
    approved, filer, department, finance, steps
):
    move_declaration(approved, "adjust", revision=1, reason="追加", acting_user=filer, now=NOON)
    written_anew(filer, "990000")
    doers = {"forward": department, "reject": finance}
    for verb in steps:
        move_declaration(
            approved, verb, revision=2, reason="不加了", acting_user=doers.get(verb, filer),
            now=NOON,
        )  # fmt: skip

    told = json.loads(Delivery.objects.get(type=f"declaration.{steps[-1]}").body)["data"]

    assert told["declaration"]["state"] == "approved"
    assert (told["revision"], told["declaration"]["annual_total"]) == (3, "250000.00")


def test_whoever_chose_a_move_is_told_that_it_was_taken_back(filer):
    reviewer = person("主管部门审核")
    intake = import_document(PUTUO.encode(), name="x.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    move_declaration(made, "submit", revision=1, acting_user=filer, now=NOON)
    move_declaration(made, "forward", revision=1, acting_user=reviewer, now=NOON)
    move = made.events.order_by("-sequence").first()
    take_back_move(made, move, acting_user=reviewer, now=NOON + timedelta(minutes=5))

    told = [(item.type, json.loads(item.body)["data"]["declaration"]["state"])
            for item in Delivery.objects.order_by("pk")]  # fmt: skip

    assert told == [
        ("declaration.forward", "forwarded"),
        ("declaration.forward_undone", "submitted"),
    ]
