"""How far a person's rights reach on a day: which right in which places of the tree.

Rights come from appointments alone, each for its place and all below. A superuser, such as the
person who set the installation up, reaches everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from kaoji.platform.organisation.models import Appointment, Organisation
from kaoji.workflow.roles import RIGHTS, Role


@dataclass(frozen=True)
class Reach:
    """The paths of the places in which each right is held; *everywhere* holds all of them."""

    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    everywhere: bool = False

    def somewhere(self, right: str) -> bool:
        """Is the right held in any place?"""
        return self.everywhere or right in self.places

    def at(self, right: str, place: Organisation) -> bool:
        """Is the right held in this place?"""
        return self.everywhere or any(map(place.is_within, self.places.get(right, ())))

    def covers(self, right: str, other: str) -> bool:
        """Is *right* held wherever *other* is?"""
        held = self.places.get(right, ())
        return self.everywhere or all(
            path.startswith(held) for path in self.places.get(other, ())
        )

    def within(self, right: str, prefix: str = "") -> Q:
        """The condition for what stands in places where the right is held; *prefix* leads to them."""
        if self.everywhere:
            return Q()
        paths = self.places.get(right, ())
        found = Q(pk__in=[])
        for path in paths:
            found |= Q(**{f"{prefix}path__startswith": path})
        return found


def reach_of(user: User | AnonymousUser, *, on: date | None = None) -> Reach:
    """The person's reach on a day, else today; asked once for each user object and day."""
    if not isinstance(user, User) or not user.is_active:
        return Reach()
    if user.is_superuser:
        return Reach(everywhere=True)
    day = on or localdate()
    # Read and set as an attribute: the user of a request stands before the one that it holds.
    known: dict[date, Reach] | None = getattr(user, "_reach", None)
    if known is None:
        known = {}
        setattr(user, "_reach", known)  # noqa: B010 - no field of the model
    if day not in known:
        known[day] = _reach(appointments_in_force(day).filter(person=user))
    return known[day]


def appointments_in_force(on: date) -> QuerySet[Appointment]:
    """The appointments in force on a day."""
    return Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), since__lte=on, ended_at__isnull=True
    ).select_related("place")


def _reach(appointments: Iterable[Appointment]) -> Reach:
    places: dict[str, set[str]] = {}
    for item in appointments:
        for right in RIGHTS[Role(item.role)]:
            places.setdefault(right, set()).add(str(item.place.path))
    return Reach({right: tuple(sorted(paths)) for right, paths in places.items()})


def places_of(user: User | AnonymousUser, right: str) -> QuerySet[Organisation]:
    """The places in which the person holds a right."""
    return Organisation.objects.filter(reach_of(user).within(right))


class ReachBackend:
    """Django's question “has this person the permission (on this object)?”, answered by reach."""

    def authenticate(self, request: object, **credentials: object) -> None:
        """Nobody signs in by this."""

    def has_perm(self, user: User, perm: str, obj: object = None) -> bool:
        """Held anywhere, or, for an object, in its place."""
        reach = reach_of(user)
        if obj is None:
            return reach.somewhere(perm)
        place = obj if isinstance(obj, Organisation) else getattr(obj, "organisation", None)
        return place is not None and reach.at(perm, place)
