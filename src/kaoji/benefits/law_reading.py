"""Read a `law.yaml`: a closed schema, where an unknown key is an error that names key and cure.

A key that nobody reads freezes a value in silence; so every key must be one that is known,
and every value must say since when, by which source, and whether anybody has seen it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from kaoji.benefits.kinds import kinds
from kaoji.benefits.law import Dated, Late, LateFact, Law, LookBack, Status, sealed
from kaoji.benefits.months import Month, UnreadableMonth, read_month
from kaoji.core.speech import Sentence, say
from kaoji.standards.files import read_yaml

T = TypeVar("T")

_HEAD = {"programme", "title", "needs", "uses", "amounts", "bands", "settings"}
_VALUE = {"since", "value", "source", "status", "issued", "claims", "article", "note"}
_AMOUNT = {"title", "dated"}


class UnusableLaw(ValueError):
    """A law file cannot be used: the sentence names file, key and cure."""

    def __init__(self, file: str, sentence: Sentence) -> None:
        self.sentence: Sentence = say("{file}：{fault}", file=file, fault=sentence)
        super().__init__(str(self.sentence))


@cache
def law_of(programme: str) -> Law:
    """The law of a programme as it comes with the package. Raises UnusableLaw."""
    file = f"benefits/{programme}/law.yaml"
    return read_law(read_yaml(file), file=file)


def read_law(data: object, *, file: str) -> Law:
    """Make a law of what a YAML file holds. Raises UnusableLaw for anything unknown or missing."""
    reader = ClosedReader(file)
    head = reader.mapping(data, "law.yaml")
    reader.known(head, _HEAD, required=("programme", "title", "needs", "settings"))
    amounts = reader.mapping(head.get("amounts", {}), "amounts")
    for name, entry in amounts.items():
        reader.known(reader.mapping(entry, name), _AMOUNT, required=_AMOUNT)
    settings = reader.mapping(head["settings"], "settings")
    reader.known(settings, SETTINGS, required=_REQUIRED)
    law = Law(
        programme=str(head["programme"]),
        title=str(head["title"]),
        needs=reader.fact_kinds(head["needs"]),
        uses=reader.fact_kinds(head.get("uses", ())),
        amounts={n: reader.dated(e["dated"], n, read_amount) for n, e in amounts.items()},
        amount_titles={name: str(entry["title"]) for name, entry in amounts.items()},
        bands=reader.dated(head.get("bands", ()), "bands", _bands),
        settings={n: reader.dated(v, n, SETTINGS[n]) for n, v in settings.items()},
    )
    reader.every_fact_may_come_late(law)
    return sealed(law)


class ClosedReader:
    """Reads parts of one file and knows its name, so that every fault names it."""

    def __init__(self, file: str) -> None:
        self.file = file

    def fault(self, sentence: Sentence) -> UnusableLaw:
        """A fault of this file."""
        return UnusableLaw(self.file, sentence)

    def mapping(self, data: object, key: str) -> Mapping[str, Any]:
        """The data as names and values."""
        if not isinstance(data, Mapping):
            raise self.fault(say("“{key}”应为一组“名称: 值”", key=key))
        return data

    def known(
        self, data: Mapping[str, Any], known: Collection[str], *, required: Iterable[str]
    ) -> None:
        """Every key is *known*, and those *required* are there."""
        for key in data:
            if key not in known:
                raise self.fault(
                    say(
                        "不认识“{key}”；请删去，或改为：{known}",
                        key=key,
                        known="、".join(sorted(known)),
                    )
                )
        for key in required:
            if key not in data:
                raise self.fault(say("缺少“{key}”，请补上", key=key))

    def fact_kinds(self, names: object) -> tuple[str, ...]:
        """Names of kinds of facts, all of them known."""
        listed = tuple(names) if isinstance(names, list | tuple) else (names,)
        self.known(dict.fromkeys(listed), kinds(), required=())
        return listed

    def dated(self, data: object, key: str, read: Callable[[Any], T]) -> tuple[Dated[T], ...]:
        """A list of dated values."""
        if not isinstance(data, list | tuple):
            raise self.fault(say("“{key}”应为一列带日期的值，每个以 - 开头", key=key))
        values = tuple(self._one(self.mapping(entry, key), key, read) for entry in data)
        begun = [(value.since, value.known_on) for value in values]
        if len(set(begun)) < len(begun):
            raise self.fault(say("“{key}”有两个值起始和印发日期相同，请删去一个", key=key))
        return values

    def _one(self, entry: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> Dated[T]:
        self.known(entry, _VALUE, required=("since", "value", "source", "status"))
        if entry["status"] not in tuple(Status):
            raise self.fault(
                say(
                    "“{key}”的 status 写了“{text}”；可以写：{known}",
                    key=key,
                    text=entry["status"],
                    known="、".join(Status),
                )
            )
        if entry.get("claims") and not entry.get("article"):
            raise self.fault(say("“{key}”追溯调低（claims）须写明条款（article）", key=key))
        issued = entry.get("issued")
        if issued is not None and type(issued) is not date:
            raise self.fault(say("“{key}”的 issued 应为日期，例如 2023-06-29", key=key))
        return Dated(
            since=self._month(entry["since"]),
            value=self._value(entry["value"], key, read),
            source=str(entry["source"]),
            status=Status(entry["status"]),
            issued=issued,
            claims=bool(entry.get("claims")),
            article=str(entry.get("article", "")),
            note=str(entry.get("note", "")),
        )

    def _month(self, text: object) -> Month:
        try:
            return read_month(text)
        except UnreadableMonth as unreadable:
            raise self.fault(unreadable.sentence) from unreadable

    def _value(self, value: object, key: str, read: Callable[[Any], T]) -> T:
        try:
            return read(value)
        except (TypeError, ValueError, KeyError, AttributeError) as unusable:
            sentence = say("“{key}”不能是“{value}”：{why}", key=key, value=value, why=unusable)
            raise self.fault(sentence) from unusable

    def every_fact_may_come_late(self, law: Law) -> None:
        """A fact that the rule asks for, or that ends a benefit, must say how far back it reaches."""
        ending = {kind.name for kind in kinds().values() if kind.ends}
        asked = {*law.needs, *law.uses, *ending, "excluded_by"} - {"town"}
        for value in law.settings["late"]:
            for kind in sorted(asked - value.value.keys()):
                raise self.fault(
                    say("“late”没有写“{kind}”迟到时怎么办；请补上 less 和 more", kind=kind)
                )
            self.known(value.value, kinds(), required=())


def read_amount(value: object) -> int:
    """Whole fen, not negative: an amount of the law is never a fraction of a fen."""
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


def _bands(value: Mapping[int, int]) -> Mapping[int, int]:
    return {read_amount(age): read_amount(value[age]) for age in sorted(value)}


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: object) -> str:
        if value not in words:
            raise ValueError("、".join(words))
        return str(value)

    return read


def _words(value: list[str]) -> tuple[str, ...]:
    known = kinds()["excluded_by"].words
    return tuple(_one_of(*known)(word) for word in value)


def _day(value: object) -> int:
    day = read_amount(value)
    if not 1 <= day <= 28:
        raise ValueError("1-28")
    return day


def _look_back(value: Mapping[str, Any]) -> LookBack:
    if value.keys() == {"months"}:
        return LookBack(months=read_amount(value["months"]))
    if value.keys() == {"floor"}:
        return LookBack(floor=read_month(value["floor"]))
    raise ValueError("{months: 24} / {floor: 2022-05}")


def _late(value: Mapping[str, Mapping[str, str]]) -> Mapping[str, LateFact]:
    read = {}
    for kind, ways in value.items():
        if ways.keys() != {"less", "more"}:
            raise ValueError(f"{kind}: less, more")
        read[kind] = LateFact(Late(ways["less"]), Late(ways["more"]))
        if read[kind].less is Late.ARREAR or read[kind].more is Late.CLAIM:
            raise ValueError(f"{kind}: less ≠ arrear, more ≠ claim")
    return read


SETTINGS: Mapping[str, Callable[[Any], Any]] = {
    # In which month a fact begins to count, and an ending one stops what it ends.
    "enters": _one_of("any_day", "first_day", "next_month"),
    "leaves": _one_of("next_month", "same_month"),
    # Which town a month is counted in when somebody moves.
    "town": _one_of("first_day"),
    "moves_within_city": _one_of("continues", "ends"),
    # How the first month of a grant follows from an application, a list or a decision.
    "starts": _one_of("look_back", "application_month", "month_after_decision", "decided"),
    # Who begins: the person by an application, the office by a list, a case by its decision.
    "claimed": _one_of("application", "list", "decision"),
    "pay_every": _one_of("month", "quarter"),
    "pay_day": _day,
    "pay_roll": _one_of("earlier_workday", "later_workday", "none"),
    "look_back": _look_back,
    "prepaid_after_end": _one_of("claim", "keep"),
    "late": _late,
    "excludes": _words,
    "switch": _words,
    "offset": _one_of("forbidden", "decided"),
    "claim_floor": read_amount,
    # Until when a member of a household counts as a child.
    "child_until": _one_of(
        "before_16th_birthday", "month_of_16th_birthday", "end_of_16th_year"
    ),
}
_REQUIRED = (
    "enters",
    "leaves",
    "starts",
    "pay_every",
    "pay_day",
    "look_back",
    "late",
    "offset",
)
