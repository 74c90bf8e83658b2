"""How far a right reaches: nobody's, an account that is closed, one place, all places, and whose accounts are managed."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.utils.timezone import localdate

from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.actions.end_appointment import end_appointment
from kaoji.platform.organisation.actions.permission import (
    RIGHTS_OF_LEVEL,
    require,
    require_manages,
)
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import (
    ReachBackend,
    appointments_in_force,
    places_of,
    reach_of,
)
from kaoji.platform.refusals import NotPermitted
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import (
    MAY_FILE,
    MAY_MANAGE,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
    MAY_VIEW,
    Role,
)
from support.people import LONG_AGO, NOON, account, person, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Organisation:
    return place("交通局", PlaceKind.DEPARTMENT, place())


@pytest.fixture
def bridges(roads: Organisation) -> Organisation:
    return place("桥梁所", PlaceKind.UNIT, roads)


@pytest.fixture
def parks() -> Organisation:
    return place("绿化局", PlaceKind.DEPARTMENT, place())


def boundless(username: str) -> User:
    """Who set the installation up."""
    return User.objects.create_superuser(username)


def test_who_set_the_installation_up_reaches_everything_without_any_appointment(bridges):
    reach = reach_of(boundless("root"))

    assert reach.somewhere(MAY_FILE)
    assert reach.at(MAY_FILE, bridges)
    assert list(Organisation.objects.filter(reach.within(MAY_FILE))) == list(
        Organisation.objects.all()
    )


def test_a_closed_account_and_nobody_reach_nothing(roads):
    closed, root = person("填报", at=roads), boundless("root")
    for user in (closed, root):
        user.is_active = False

    for user in (closed, root, AnonymousUser()):
        assert not reach_of(user).somewhere(MAY_VIEW)
        assert not reach_of(user).at(MAY_VIEW, roads)
        assert list(places_of(user, MAY_VIEW)) == []


def test_a_right_is_held_in_its_places_and_all_below(roads, bridges, parks):
    filer = person("填报", at=roads)
    appoint(filer, Role.FILER, parks, since=LONG_AGO, acting_user=None, now=NOON)

    assert list(places_of(filer, MAY_FILE)) == [roads, bridges, parks]
    assert list(places_of(filer, MAY_MANAGE)) == []


def test_each_day_has_a_reach_of_its_own(roads):
    somebody = account("a")
    appoint(
        somebody, Role.FILER, roads, since=date(2026, 3, 1), until=date(2026, 6, 30),
        acting_user=None, now=NOON,
    )  # fmt: skip

    held = [
        reach_of(somebody, on=day).somewhere(MAY_FILE)
        for day in (date(2026, 3, 1), date(2026, 7, 1), date(2026, 3, 1))
    ]

    assert held == [True, False, True]


def test_the_reach_of_a_day_is_asked_of_the_database_once(roads, django_assert_num_queries):
    filer = User.objects.get(pk=person("填报", at=roads).pk)

    with django_assert_num_queries(1):
        assert reach_of(filer).at(MAY_FILE, roads)
        assert reach_of(filer).at(MAY_FILE, roads)
        assert reach_of(filer, on=localdate()).somewhere(MAY_FILE)


def test_a_right_on_something_is_the_right_in_its_place(roads, bridges, parks):
    """Django asks of an object; what stands nowhere is nobody's."""

    class Standing:
        def __init__(self, organisation: Organisation | None) -> None:
            self.organisation = organisation

    filer, asked = person("填报", at=roads), ReachBackend()

    assert asked.has_perm(filer, MAY_FILE)
    assert not asked.has_perm(filer, MAY_MANAGE)
    for something in (roads, bridges, Standing(bridges)):
        assert asked.has_perm(filer, MAY_FILE, something)
    for something in (parks, Standing(parks), Standing(None), object()):
        assert not asked.has_perm(filer, MAY_FILE, something)
    assert not asked.has_perm(boundless("root"), MAY_FILE, object())


def test_who_lacks_a_right_is_told_whether_anywhere_or_here(roads, parks):
    filer, unnamed = person("填报", at=roads), account("wu")

    require(filer, MAY_FILE)
    require(filer, MAY_FILE, roads)
    with pytest.raises(NotPermitted, match="“填报”对“绿化局”没有此项权限"):
        require(filer, MAY_FILE, parks)
    with pytest.raises(NotPermitted, match="“填报”没有此项权限"):
        require(filer, MAY_MANAGE, roads)
    with pytest.raises(NotPermitted, match="“wu”没有此项权限"):
        require(unnamed, MAY_FILE)


def test_results_are_judged_by_the_department_and_by_finance_each_by_its_right():
    assert RIGHTS_OF_LEVEL == {
        "department": MAY_REVIEW_FOR_DEPARTMENT,
        "finance": MAY_REVIEW_FOR_FINANCE,
    }


def test_an_administrator_manages_the_accounts_of_the_own_bureau_alone(roads):
    boss, filer = person("管理员"), person("填报", at=roads)
    other = person("填报", "li", place("青浦区财政局"))
    both = account("both", "两处")
    for where in (roads, place("青浦区财政局")):
        appoint(both, Role.FILER, where, since=LONG_AGO, acting_user=None, now=NOON)

    require_manages(boss, filer)
    require_manages(boss, account("nobody"))
    for person_elsewhere in (other, both):
        with pytest.raises(NotPermitted, match="的账号不归您管理"):
            require_manages(boss, person_elsewhere)
    with pytest.raises(NotPermitted, match="没有此项权限"):
        require_manages(filer, other)


def test_nobody_manages_the_account_of_who_set_the_installation_up():
    for user in (person("管理员"), boundless("second")):
        with pytest.raises(NotPermitted, match="“root”的账号不归您管理"):
            require_manages(
                user, User.objects.filter(username="root").first() or boundless("root")
            )


def test_what_is_over_or_ended_is_not_in_force(roads):
    filer = person("填报", at=roads)
    today = localdate()
    later = account("b")
    appoint(later, Role.FILER, roads, since=today, until=today, acting_user=None, now=NOON)

    assert {item.person for item in appointments_in_force(today)} == {filer, later}
    end_appointment(filer.appointments.get(), acting_user=boundless("root"), now=NOON)
    assert {item.person for item in appointments_in_force(today)} == {later}
    assert not appointments_in_force(date(2019, 12, 31)).exists()
