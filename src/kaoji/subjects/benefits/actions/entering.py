"""How the lines of a list become rows: persons, facts, accounts, each only where it says something new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.identity import masked_name, masked_number
from kaoji.benefits.kinds import kinds
from kaoji.benefits.months import first_day
from kaoji.benefits.run import first_month
from kaoji.core.width import squeeze
from kaoji.documents.benefit_sheet import BenefitLine
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.sealing import keyed_hash, sealed
from kaoji.subjects.benefits.models import Fact, ListRow, PayeeAccount, Person, ReceivedList
from kaoji.subjects.benefits.queries.digests import OF_ACCOUNT, OF_FACT, OF_LISTED, OF_PERSON

_BLOCK = 2_000
_ENDS = {ReceivedList.Kind.DEATHS: "death", ReceivedList.Kind.LEFT: "left_city"}


def hash_of_number(id_number: str) -> str:
    """By what a person is found again."""
    return keyed_hash(id_number, purpose="benefits.id")


def hash_of_name(name: str) -> str:
    """By what a payee and a holder are compared."""
    return keyed_hash(squeeze(name), purpose="benefits.name")


@dataclass
class Known:
    """A person on record: what was said of each kind and since when, the account, the latest grants, each end."""

    person: Person
    facts: dict[tuple[str, str], list[tuple[date, str]]] = field(default_factory=dict)
    granted: dict[str, date] = field(default_factory=dict)
    ends: dict[str, date] = field(default_factory=dict)
    account: tuple[str, str, str] | None = None
    bank: str = ""

    def holding(self, programme: str, kind: str, on: date) -> str | None:
        """What holds on a day: of what had begun by then, what began last; told last, where both began together."""
        told = [each for each in self.facts.get((programme, kind), ()) if each[0] <= on]
        return max(reversed(told), key=lambda each: each[0])[1] if told else None

    def says_so(self, programme: str, kind: str, value: str, on: date) -> bool:
        """Does it say nothing new that this holds from a day on?"""
        if kinds()[kind].several:
            return any(value == said for _, said in self.facts.get((programme, kind), ()))
        return self.holding(programme, kind, on) == value

    @property
    def birth(self) -> date:
        """The first day of the month of birth, as it was told last."""
        told = self.facts.get(("", "birth"))
        return told[-1][0] if told else self.person.birth

    def left_before(self, on: date | None) -> bool:
        """Did they leave before a grant of that day, which a departure does not end?"""
        left = self.ends.get("left_city")
        return left is not None and on is not None and left < on


def known_people(
    place: Organisation, programme: str, lines: Iterable[BenefitLine]
) -> dict[str, Known]:
    """By identity number whom of a list the place knows already."""
    numbers = {hash_of_number(line.id_number): line.id_number for line in lines}
    found: dict[int, Known] = {}
    names: dict[str, Known] = {}
    hashes = list(numbers)
    for start in range(0, len(hashes), _BLOCK):
        for person in Person.objects.filter(
            place=place, id_hash__in=hashes[start : start + _BLOCK]
        ):
            found[person.pk] = names[numbers[person.id_hash]] = Known(person)
    keys = list(found)
    for start in range(0, len(keys), _BLOCK):
        _fill(found, programme, keys[start : start + _BLOCK])
    return names


def _fill(found: Mapping[int, Known], programme: str, keys: list[int]) -> None:
    for fact in Fact.objects.filter(person__in=keys).order_by("id"):
        known = found[fact.person_id]
        known.facts.setdefault((fact.programme, fact.kind), []).append((fact.since, fact.value))
        if fact.kind == "grant":
            known.granted[fact.programme] = fact.since
        if fact.kind in _ENDS.values():
            known.ends[fact.kind] = fact.since
    for account in PayeeAccount.objects.filter(person__in=keys).order_by("since", "id"):
        found[account.person_id].account = _seen(account)
        found[account.person_id].bank = account.bank


def _seen(account: PayeeAccount) -> tuple[str, str, str]:
    return account.number_hash, account.holder_hash, account.kind


def under_another_number(
    place: Organisation, known: Mapping[str, Known], lines: Iterable[BenefitLine]
) -> dict[str, Person]:
    """By identity number of those who seem new whom the place knows by the same name and the same own account."""
    new = {
        (keyed_hash(line.account, purpose="benefits.account"), hash_of_name(line.name)): line
        for line in lines
        if line.account and line.payee == "self" and line.id_number not in known
    }
    found: dict[str, Person] = {}
    accounts = sorted({account for account, _name in new})
    for start in range(0, len(accounts), _BLOCK):
        some = PayeeAccount.objects.filter(
            person__place=place, kind="self", number_hash__in=accounts[start : start + _BLOCK]
        )
        for each in some.select_related("person"):
            line = new.get((each.number_hash, each.person.name_hash))
            if line is not None:
                found[line.id_number] = each.person
    return found


@dataclass(frozen=True)
class Foretold:
    """A death or a departure of somebody whom the office did not know when it heard of it."""

    kind: str
    on: date
    received_on: date | None


def foretold(place: Organisation, lines: Iterable[BenefitLine]) -> dict[str, list[Foretold]]:
    """By identity number what earlier lists told of people whom the place did not know."""
    numbers = {hash_of_number(line.id_number): line.id_number for line in lines}
    found: dict[str, list[Foretold]] = {}
    hashes = list(numbers)
    for start in range(0, len(hashes), _BLOCK):
        rows = ListRow.objects.filter(
            list__place=place, on__isnull=False, id_hash__in=hashes[start : start + _BLOCK]
        ).order_by("id")
        for hashed, kind, on, received_on in rows.values_list(
            "id_hash", "list__kind", "on", "received_on"
        ):
            if on is not None:
                end = Foretold(_ENDS[ReceivedList.Kind(kind)], on, received_on)
                found.setdefault(numbers[hashed], []).append(end)
    return found


def end_known(
    line: BenefitLine, kind: str, known: Mapping[str, Known], told: Mapping[str, list[Foretold]]
) -> date | None:
    """The day of a death, or of a departure, that is on record of the person already."""
    ends = {each.kind: each.on for each in told.get(line.id_number, ())}
    if line.id_number in known:
        ends |= known[line.id_number].ends
        granted = max(known[line.id_number].granted.values(), default=None)
        if granted is not None and ends.get("left_city", granted) < granted:
            del ends["left_city"]  # who came back may leave again
    return ends.get(_ENDS[ReceivedList.Kind(kind)])


class Entering:
    """Collects the rows that a list brings, and saves them together."""

    def __init__(
        self,
        received: ReceivedList,
        programme: Programme,
        known: Mapping[str, Known],
        towns: Mapping[str, Organisation],
        told: Mapping[str, list[Foretold]],
    ) -> None:
        self.received, self.programme, self.known = received, programme, known
        self.towns, self.before = towns, told
        self.people: list[Person] = []
        self.facts: list[Fact] = []
        self.accounts: list[PayeeAccount] = []
        self.listed: list[ListRow] = []
        self.unknown = 0
        self.other_births: list[int] = []
        self.ended: list[tuple[int, date]] = []

    def take(self, lines: Iterable[BenefitLine]) -> None:
        """Sort every line."""
        for line in lines:
            if self.received.kind == ReceivedList.Kind.GRANTS:
                self._grant(line)
            elif self.received.kind == ReceivedList.Kind.ENTITLED:
                known = self.known.get(line.id_number)
                hashed = hash_of_number(line.id_number)
                person = known.person if known else None
                row = ListRow(list=self.received, id_hash=hashed, person=person)
                self.listed.append(row)
                self.unknown += known is None
            elif self.received.kind == ReceivedList.Kind.BIRTHS:
                self._birth(line)
            else:
                self._end(line)

    def _birth(self, line: BenefitLine) -> None:
        """Another month of birth than was told: the months that it makes more or less are for the next run."""
        known = self.known[line.id_number]
        born = (line.birth or known.birth).replace(day=1)
        self.facts.append(self._stated(known, line, "birth", born.isoformat(), born))

    def save(self) -> None:
        """Save everything; the list itself is saved before."""
        Person.objects.bulk_create(self.people, batch_size=_BLOCK)
        Fact.objects.bulk_create(self.facts, batch_size=_BLOCK)
        PayeeAccount.objects.bulk_create(self.accounts, batch_size=_BLOCK)
        ListRow.objects.bulk_create(self.listed, batch_size=_BLOCK)

    def told(self) -> Iterator[tuple[Any, ...]]:
        """The rows as the digest of the list covers them."""
        for person in self.people:
            yield ("person", *(getattr(person, name) for name in OF_PERSON))
        for fact in self.facts:
            yield ("fact", fact.person.id_hash, *(getattr(fact, name) for name in OF_FACT[1:]))
        for account in self.accounts:
            mine = (getattr(account, name) for name in OF_ACCOUNT[1:])
            yield ("account", account.person.id_hash, *mine)
        for row in self.listed:
            yield ("listed", *(getattr(row, name) for name in OF_LISTED))

    def _grant(self, line: BenefitLine) -> None:
        known = self.known.get(line.id_number)
        told: list[Foretold] = []
        if known is None:
            known = Known(self._person(line))
            self.people.append(known.person)
            told = self.before.get(line.id_number, [])
        start = self._start(line, known)
        self._foretold(known, line, told, start)
        begun = start or self.received.as_of
        born = (line.birth or known.birth).replace(day=1)
        if known.facts.get(("", "birth")):
            self.other_births += [line.line] * (born != known.birth)
        else:
            self._fact(known, line, "birth", born.isoformat(), born)
        self._fact(known, line, "town", str(self.towns[line.town].pk), begun)
        for kind, value in (line.facts or {}).items():
            self._fact(known, line, kind, str(value), begun)
        if start is not None:
            granted = self.received.programme
            if known.left_before(start):
                known.facts.pop((granted, "grant"), None)
            self._fact(known, line, "grant", "given", start, programme=granted)
        elif self._is_over(known):
            self.ended.append((line.line, max(known.ends.values())))
        self._account(known, line)

    def _foretold(
        self, known: Known, line: BenefitLine, told: Iterable[Foretold], start: date | None
    ) -> None:
        """What was heard of somebody before the office knew them; who left before the grant has come back."""
        for end in told:
            if end.kind != "left_city" or start is None or end.on >= start:
                heard = replace(line, received_on=end.received_on)
                self._fact(known, heard, end.kind, end.on.isoformat(), end.on)

    def _start(self, line: BenefitLine, known: Known) -> date | None:
        """The first day of a new grant; None where the person has one that no departure ended."""
        granted = known.granted.get(self.received.programme)
        if granted is not None:
            begun = first_day(line.start) if line.start is not None else None
            ended = known.ends.get("left_city")
            back = ended is not None and granted <= ended and known.left_before(begun)
            return begun if back and "death" not in known.ends else None
        if line.start is not None:
            return first_day(line.start)
        asked = line.asked_on or self.received.as_of
        decided = line.decided_on or self.received.as_of
        return first_day(first_month(self.programme, asked_on=asked, decided_on=decided))

    def _end(self, line: BenefitLine) -> None:
        known = self.known.get(line.id_number)
        self.unknown += known is None
        told_before = end_known(line, self.received.kind, self.known, self.before)
        if line.on is None or told_before is not None:
            return
        if known is not None:
            kind = _ENDS[ReceivedList.Kind(self.received.kind)]
            self._fact(known, line, kind, line.on.isoformat(), line.on)
        else:
            self.listed.append(
                ListRow(
                    list=self.received,
                    id_hash=hash_of_number(line.id_number),
                    on=line.on,
                    received_on=line.received_on or self.received.as_of,
                )
            )

    def _person(self, line: BenefitLine) -> Person:
        hashed = hash_of_number(line.id_number)
        birth = line.birth or self.received.as_of
        return Person(
            place=self.received.place,
            id_hash=hashed,
            id_sealed=sealed(line.id_number.encode(), purpose=f"benefits.id.{hashed}"),
            id_masked=masked_number(line.id_number),
            name_sealed=sealed(line.name.encode(), purpose=f"benefits.name.{hashed}"),
            name_hash=hash_of_name(line.name),
            name_masked=masked_name(line.name),
            birth=birth.replace(day=1),
            list=self.received,
            made_at=self.received.made_at,
        )

    def _fact(
        self, known: Known, line: BenefitLine, kind: str, value: str, since: date, *,
        programme: str = "",
    ) -> None:  # fmt: skip
        if known.says_so(programme, kind, value, since):
            return
        known.facts.setdefault((programme, kind), []).append((since, value))
        self.facts.append(self._stated(known, line, kind, value, since, programme=programme))

    def _stated(
        self, known: Known, line: BenefitLine, kind: str, value: str, since: date, *,
        programme: str = "",
    ) -> Fact:  # fmt: skip
        granted = kind == "grant"
        return Fact(
            person=known.person,
            programme=programme,
            kind=kind,
            value=value,
            since=since,
            asked_on=line.asked_on if granted else None,
            decided_on=line.decided_on if granted else None,
            received_on=line.received_on or line.asked_on or self.received.as_of,
            list=self.received,
            made_at=self.received.made_at,
        )

    def _is_over(self, known: Known) -> bool:
        """Did they die, or leave without having been granted anything since?"""
        granted = known.granted[self.received.programme]
        return "death" in known.ends or (bool(known.ends) and not known.left_before(granted))

    def _account(self, known: Known, line: BenefitLine) -> None:
        if not line.account:
            return
        holder = line.holder or line.name
        number = keyed_hash(line.account, purpose="benefits.account")
        seen = (number, hash_of_name(holder), line.payee)
        # A list that names no bank says nothing of it.
        if known.account == seen and line.bank in {"", known.bank}:
            return
        known.account, known.bank = seen, line.bank
        # Whoever receives for another is known by the account's own name alone.
        payee = known.person.name_hash if line.payee == "self" else seen[1]
        self.accounts.append(
            PayeeAccount(
                person=known.person,
                kind=line.payee,
                payee_hash=payee,
                holder_sealed=sealed(holder.encode(), purpose=f"benefits.holder.{number}"),
                holder_hash=seen[1],
                number_sealed=sealed(
                    line.account.encode(), purpose=f"benefits.account.{number}"
                ),
                number_hash=number,
                last4=line.account[-4:],
                bank=line.bank,
                since=self.received.as_of,
                list=self.received,
                made_at=self.received.made_at,
            )
        )
