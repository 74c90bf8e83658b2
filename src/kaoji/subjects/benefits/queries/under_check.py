"""A run with everything beside it that the checks look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef

from kaoji.benefits.checks.context import (
    AccountChange,
    FailedLine,
    PayeeAccount,
    Person,
    RunUnderCheck,
)
from kaoji.benefits.entitlement import Programme
from kaoji.benefits.identity import birth_in
from kaoji.benefits.months import Month
from kaoji.benefits.payments import Outcome
from kaoji.benefits.run import Item
from kaoji.benefits.run import Run as KernelRun
from kaoji.platform.sealing import opened
from kaoji.subjects.benefits.models import (
    Fact,
    ListRow,
    ReceivedList,
    ReturnLine,
    Run,
    Try,
)
from kaoji.subjects.benefits.models import Item as ItemRow
from kaoji.subjects.benefits.models import PayeeAccount as AccountRow
from kaoji.subjects.benefits.models import Person as PersonRow
from kaoji.subjects.benefits.queries.coverage import people_on
from kaoji.subjects.benefits.queries.dossiers import GRANTED, day_of
from kaoji.subjects.benefits.queries.money import Months
from kaoji.subjects.benefits.queries.outgoing import Unfit, unfit_for_banks
from kaoji.subjects.benefits.queries.requests import looked_at

_BLOCK = 900


def under_check(
    run: Run, programme: Programme, items: tuple[Item, ...], *, today: date
) -> RunUnderCheck:
    """Everything of the people whom the run pays, and the lists as they are known today."""
    people = sorted({int(item.beneficiary) for item in items})
    as_known = today if run.as_known_at is None else day_of(run.as_known_at)
    listed, granted = _listed_and_granted(run)
    return RunUnderCheck(
        KernelRun(run.period, as_known),
        programme.law,
        today,
        items,
        persons_of(people),
        payees_of(run, people, today),
        deaths=_ends(run, "death"),
        left_city=_ends(run, "left_city"),
        others=_others(run, {item.month for item in items}),
        failed=tuple(_failed(run)),
        listed=listed,
        granted=granted,
        unfit=_unfit(run, items),
    )


def _unfit(run: Run, items: Iterable[Item]) -> dict[str, tuple[Unfit, ...]]:
    """By person which bank's file cannot hold the line of what the run pays them."""
    owed: defaultdict[int, Months] = defaultdict(list)
    for item in items:
        if item.fen > 0:
            owed[int(item.beneficiary)].append((item.month, item.fen))
    found = unfit_for_banks(run, owed)
    return {str(person): tuple(whys) for person, whys in found.items()}


def persons_of(people: Iterable[int]) -> dict[str, Person]:
    """By key as little of each person as the checks need."""
    found = {}
    listed = list(people)
    told = _births(listed)
    for row in _rows(PersonRow.objects, listed):
        number = opened(row.id_sealed, purpose=f"benefits.id.{row.id_hash}").decode()
        # Only the month of a birth is kept: a day of the same month in the number agrees with it.
        born = birth_in(number)
        month = told.get(row.pk, row.birth)
        same = born is not None and born.replace(day=1) == month
        birth = born if same and born is not None else month
        found[str(row.pk)] = Person(row.id_hash, birth, number)
    return found


def _births(people: list[int]) -> dict[int, date]:
    """By person the month of birth as it was told last."""
    rows = _rows(Fact.objects.filter(kind="birth").order_by("id"), people, key="person__in")
    return {row.person_id: row.since for row in rows}


def payees_of(run: Run, people: Iterable[int], today: date) -> dict[str, PayeeAccount]:
    """By person who receives for them by what the run may pay to, told apart by hashes."""
    changes: defaultdict[int, list[AccountRow]] = defaultdict(list)
    usable = AccountRow.objects.filter(looked_at(run), since__lte=today)
    for row in _rows(usable, people, key="person__in"):
        changes[row.person_id].append(row)
    found = {}
    for person, rows in changes.items():
        rows.sort(key=lambda row: (row.since, row.pk))
        last = rows[-1]
        found[str(person)] = PayeeAccount(
            payee=f"{last.payee_hash}{last.number_hash}",
            name=last.payee_hash,
            holder=last.holder_hash,
            account=last.number_hash,
            institution=last.kind == AccountRow.Kind.INSTITUTION,
            changes=tuple(AccountChange(row.since, row.number_hash) for row in rows),
        )
    return found


def _rows(found: Any, keys: Iterable[int], *, key: str = "pk__in") -> list[Any]:
    listed, rows = list(keys), list[Any]()
    for start in range(0, len(listed), _BLOCK):
        rows += found.filter(**{key: listed[start : start + _BLOCK]})
    return rows


def _ends(run: Run, kind: str) -> dict[str, date]:
    rows = Fact.objects.filter(person__place=run.place_id, kind=kind).order_by("id")
    if kind != "death":  # a departure ends no grant that was given after it
        later = Fact.objects.filter(
            person=OuterRef("person"), programme=run.programme, kind="grant",
            since__gt=OuterRef("since"), made_at__lte=run.as_known_at or run.made_at,
        )  # fmt: skip
        rows = rows.exclude(Exists(later))
    return {str(person): since for person, since in rows.values_list("person", "since")}


def _others(run: Run, months: set[Month]) -> Mapping[tuple[str, Month], frozenset[str]]:
    """What other programmes granted for the same months."""
    found: defaultdict[tuple[str, Month], set[str]] = defaultdict(set)
    rows = ItemRow.objects.filter(
        run__place=run.place_id,
        run__state__in=GRANTED,
        run__resends__isnull=True,
        computation=F("run__computation"),
        left_out__isnull=True,
        month__in=months,
        fen__gt=0,
    ).exclude(run__programme=run.programme)
    for person, month, programme in rows.values_list("person", "month", "run__programme"):
        found[str(person), Month(month)].add(programme)
    return {key: frozenset(names) for key, names in found.items()}


def _failed(run: Run) -> Iterable[FailedLine]:
    """The tries that failed and were not followed by another."""
    later = Try.objects.filter(
        payment=OuterRef("answers__payment"), number__gt=OuterRef("answers__number")
    )
    lines = ReturnLine.objects.filter(
        answers__payment__run__place=run.place_id,
        answers__payment__run__programme=run.programme,
        outcome=Outcome.FAILED,
    ).exclude(Exists(later))
    for person, on in lines.order_by("id").values_list("answers__payment__person", "on"):
        yield FailedLine(str(person), on)


def _listed_and_granted(run: Run) -> tuple[frozenset[str] | None, frozenset[str]]:
    """Who stands on the latest list of those entitled, and who has a grant; nothing without such a list."""
    last = ReceivedList.objects.filter(
        place=run.place_id, programme=run.programme, kind=ReceivedList.Kind.ENTITLED
    ).first()
    if last is None:
        return None, frozenset()
    people = people_on(last)
    rows = ListRow.objects.filter(list=last).values_list("id", "id_hash")
    granted = Fact.objects.filter(
        programme=run.programme, kind="grant", person__place=run.place_id
    )
    return (
        frozenset(str(people.get(hashed, f"#{key}")) for key, hashed in rows),
        frozenset(map(str, granted.values_list("person", flat=True))),
    )
