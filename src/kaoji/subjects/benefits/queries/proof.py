"""What of a programme goes home with an auditor: rows in the open, and by their hashes those that name somebody.

Taken along are all approved runs of the programme, as each subtracts what the earlier ones granted; the facts of
everybody with a grant or on a list of those entitled; and the events that vouch for all of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet

from kaoji.audit.ledger.tables import VOUCHED
from kaoji.audit.vouching import row_hash
from kaoji.benefits.digests import hashed_words, row_digest
from kaoji.platform.events.event_log import said_by
from kaoji.platform.events.models import Event
from kaoji.platform.events.of_rooms import audited
from kaoji.platform.events.vouching import exported
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.benefits.models import (
    BankFile,
    Doubt,
    DoubtDecision,
    Fact,
    Item,
    LeftOut,
    ListRow,
    PayeeAccount,
    PaymentRequest,
    Person,
    ReceivedList,
    ReturnLine,
    Run,
    Try,
)
from kaoji.subjects.benefits.queries.digests import (
    OF_ACCOUNT,
    OF_FACT,
    OF_LISTED,
    OF_PERSON,
    told_doubt,
)

_OF_ALL = (ReceivedList.Kind.DEATHS, ReceivedList.Kind.LEFT, ReceivedList.Kind.BIRTHS)
_CHUNK = 5_000
Rows = Iterator[tuple[Any, ...]]


@dataclass(frozen=True)
class Proof:
    """The rows of one programme of an office."""

    place: Organisation
    programme: str

    @cached_property
    def runs(self) -> QuerySet[Run]:
        """Every approved run, resendings too."""
        return Run.objects.filter(
            place=self.place, programme=self.programme, approved_at__isnull=False
        ).order_by("pk")

    @cached_property
    def _people(self) -> QuerySet[Person]:
        mine = Fact.objects.filter(programme=self.programme, kind="grant")
        listed = ListRow.objects.filter(list__in=self._entitled).values("id_hash")
        return Person.objects.filter(place=self.place).filter(
            Q(pk__in=mine.values("person")) | Q(id_hash__in=listed)
        )

    @cached_property
    def _entitled(self) -> QuerySet[ReceivedList]:
        return ReceivedList.objects.filter(
            place=self.place, programme=self.programme, kind=ReceivedList.Kind.ENTITLED
        )

    @cached_property
    def _facts(self) -> QuerySet[Fact]:
        of_programme = Q(programme="") | Q(programme=self.programme)
        return Fact.objects.filter(of_programme, person__in=self._people)

    @cached_property
    def lists(self) -> QuerySet[ReceivedList]:
        """Those received for the programme, those that say something for all of them, and those that brought a fact."""
        return ReceivedList.objects.filter(place=self.place).filter(
            Q(programme=self.programme)
            | Q(kind__in=_OF_ALL)
            | Q(pk__in=self._facts.values("list"))
        )

    def tables(self) -> Mapping[str, Iterable[tuple[Any, ...]]]:
        """Every table of the export, row after row."""
        return {
            "people": self._people.order_by("pk").values_list("pk", "id_hash").iterator(),
            "facts": self._told_facts(),
            "listed": self._told_listed(),
            "sealed_rows": self._sealed_rows(),
            "items": self._items(),
            "left_out": self._left_out(),
            "doubts": self._doubts(),
            "decisions": self._decisions(),
            "requests": self._requests(),
            "tries": self._tries(),
            "answers": self._answers(),
            "places": self._places(),
        }

    def lines(self) -> Mapping[str, Iterable[Mapping[str, Any]]]:
        """The events that vouch for it, and the rows that they name one by one."""
        events, named = self._events()
        vouched = {name: _rows_named(name, named[name]) for name in VOUCHED}
        return {"events": map(said_with_hash, events), **vouched}

    def _events(self) -> tuple[list[Event], Mapping[str, set[int]]]:
        runs = set(self.runs.values_list("pk", flat=True))
        lists = set(self.lists.values_list("pk", flat=True))
        found: list[Event] = []
        named: defaultdict[str, set[int]] = defaultdict(set)
        told = Event.objects.filter(type__startswith="benefits.").order_by("sequence")
        for event in told.iterator(chunk_size=500):
            rows = event.payload.get("rows", {})
            of = {int(key) for key in rows.get("benefit_runs", {})} & runs
            of |= {int(key) for key in rows.get("benefit_lists", {})} & lists
            if of or event.payload.get("run") in runs:
                found.append(event)
                for table, hashes in rows.items():
                    named[table] |= {int(key) for key in hashes}
        return found, named

    def _told_facts(self) -> Rows:
        names = ("pk", "list_id", "person_id", *OF_FACT[1:])
        rows = self._facts.order_by("pk").values_list(*names)
        yield from rows.iterator(chunk_size=_CHUNK)

    def _told_listed(self) -> Rows:
        rows = ListRow.objects.filter(list__in=self._entitled).order_by("pk")
        yield from rows.values_list("list_id", *OF_LISTED).iterator(chunk_size=_CHUNK)

    def _sealed_rows(self) -> Rows:
        """By its hash each row of the lists that names somebody, or speaks of somebody or something else."""
        known = set(self._people.values_list("pk", flat=True))
        people = Person.objects.filter(list__in=self.lists).order_by("pk")
        for person, of, *row in people.values_list("pk", "list_id", *OF_PERSON).iterator():
            yield of, "person", person if person in known else None, None, _hash("person", row)
        accounts = PayeeAccount.objects.filter(list__in=self.lists).order_by("pk")
        for key, person, of, *row in accounts.values_list(
            "pk", "person_id", "list_id", *OF_ACCOUNT
        ).iterator():
            told = person in known
            yield (
                of,
                "account",
                person if told else None,
                key if told else None,
                _hash("account", row),
            )
        facts = Fact.objects.filter(list__in=self.lists).exclude(
            pk__in=self._facts.values("pk")
        )
        for person, of, *row in (
            facts.order_by("pk").values_list("person_id", "list_id", *OF_FACT).iterator()
        ):
            yield of, "fact", person if person in known else None, None, _hash("fact", row)
        listed = ListRow.objects.filter(list__in=self.lists).exclude(list__in=self._entitled)
        for of, *row in listed.order_by("pk").values_list("list_id", *OF_LISTED).iterator():
            yield of, "listed", None, None, _hash("listed", row)

    def _items(self) -> Rows:
        names = ("run_id", "person_id", "month", "fen", "kind", "change", "town_id", "due_on")
        rows = Item.objects.filter(run__in=self.runs, computation=F("run__computation"))
        yield from rows.order_by("pk").values_list(*names).iterator(chunk_size=_CHUNK)

    def _left_out(self) -> Rows:
        rows = LeftOut.objects.filter(
            item__run__in=self.runs, item__computation=F("item__run__computation")
        )
        names = ("item__run_id", "item__person_id", "item__month", "why")
        yield from rows.order_by("pk").values_list(*names).iterator(chunk_size=_CHUNK)

    def _doubts(self) -> Rows:
        rows = Doubt.objects.filter(run__in=self.runs, computation=F("run__computation"))
        for doubt in rows.order_by("pk").iterator(chunk_size=_CHUNK):
            yield (doubt.run_id, *told_doubt(doubt))

    def _decisions(self) -> Rows:
        rows = DoubtDecision.objects.filter(doubt__run__in=self.runs).select_related("doubt")
        for row in rows.order_by("pk").iterator(chunk_size=_CHUNK):
            told, of = exported(row), row.doubt
            yield (
                row.pk, of.run_id, of.computation, of.check_id, of.person_id, row.settlement,
                told["made_at"], row.made_by_id, row_hash(told),
            )  # fmt: skip

    def _requests(self) -> Rows:
        rows = PaymentRequest.objects.filter(
            run__in=self.runs, computation=F("run__computation")
        )
        names = ("run_id", "person_id", "account_id", "fen", "months")
        yield from rows.order_by("pk").values_list(*names).iterator(chunk_size=_CHUNK)

    def _tries(self) -> Rows:
        names = (
            "file_id", "line", "reference", "number", "account_id", "fen", "payment_id",
            "payment__run_id", "payment__person_id", "payment__fen", "months", "pk",
        )  # fmt: skip
        rows = Try.objects.filter(file__in=self._files).order_by("pk")
        yield from rows.values_list(*names).iterator(chunk_size=_CHUNK)

    @cached_property
    def _files(self) -> QuerySet[BankFile]:
        return BankFile.objects.filter(run__in=self.runs)

    def _answers(self) -> Rows:
        names = ("file_id", "line", "answers__reference", "outcome", "on", "fen", "text")
        rows = ReturnLine.objects.filter(file__run__in=self.runs).order_by("pk")
        for *row, text in rows.values_list(*names).iterator(chunk_size=_CHUNK):
            yield (*row, hashed_words(text))

    def _places(self) -> Rows:
        towns = Item.objects.filter(run__in=self.runs).values("town")
        rows = Organisation.objects.filter(Q(pk__in=towns) | Q(pk=self.place.pk))
        yield from rows.order_by("pk").values_list("pk", "name")


def said_with_hash(event: Event) -> dict[str, Any]:
    """An event with all that its hash covers, and the hash."""
    return {**said_by(event), "hash": event.hash}


def _hash(kind: str, row: Iterable[Any]) -> str:
    return row_digest((kind, *row)).hex()


def _rows_named(table: str, keys: set[int]) -> Iterator[Mapping[str, Any]]:
    manager: Any = audited()[table].model._default_manager
    for start in range(0, len(keys), _CHUNK // 10):
        some = sorted(keys)[start : start + _CHUNK // 10]
        for row in manager.filter(pk__in=some).order_by("pk"):
            yield exported(row)
