"""Whose name heads every page is said by the administrator, with an event, and looked up again at once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.events.models import Event
from kaoji.platform.organisation.actions.set_letterhead import set_letterhead
from kaoji.platform.organisation.models import Letterhead, Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.workflow.places import PlaceKind
from support.people import NOON, person, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Organisation:
    place("先登记的财政局")
    return place("某区财政局")


@pytest.fixture
def administrator(office: Organisation) -> User:
    return person("管理员", "admin-here", office)


def test_the_pages_bear_the_name_that_was_set(office, administrator):
    client = Client()
    client.force_login(administrator)
    assert "<b>先登记的财政局</b>" in client.get("/todo/", follow=True).content.decode()

    client.post(f"/places/{office.pk}/letterhead/")

    page = client.get(f"/places/{office.pk}/").content.decode()
    assert "<b>某区财政局</b>" in page
    assert "各页抬头用的是这个名称" in page
    assert Event.objects.latest("sequence").payload["name"] == "某区财政局"


def test_a_part_of_the_tree_does_not_speak_for_the_whole(office, administrator):
    below = place("某科", PlaceKind.DEPARTMENT, office)

    with pytest.raises(UnableToAct, match="不是最上级机构"):
        set_letterhead(below, acting_user=administrator, now=NOON)

    assert not Letterhead.objects.exists()


def test_what_heads_the_pages_already_is_not_set_again(office, administrator):
    set_letterhead(office, acting_user=administrator, now=NOON)

    with pytest.raises(UnableToAct, match="抬头已经是"):
        set_letterhead(office, acting_user=administrator, now=NOON)
