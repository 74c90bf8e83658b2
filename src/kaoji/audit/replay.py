"""Could the story that the events tell have happened, and does it end where the rows stand?

A row may agree with an event and both be forged. So the life of every declaration is walked again
from its events by the table of moves: each move must have been open, in the hands of somebody who
had the part that day and had not written what they judged; where it ends, the row must stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kaoji.core.speech import Sentence, say
from kaoji.workflow.moves import (
    PART_NAMES,
    RIGHT_OF,
    Move,
    MoveContext,
    Part,
    State,
    landing,
    open_arrow,
)
from kaoji.workflow.roles import RIGHTS, Role
from kaoji.workflow.taking_back import why_not_taken_back

Row = Mapping[str, Any]

# The days of the log are those of the bureau.
_HERE = ZoneInfo("Asia/Shanghai")
# How the log calls a move that was taken back: declaration.forward_undone.
_UNDONE = "_undone"
_PUBLIC, _WITHDRAWN = "public", "withdrawn"
_RESTS = {"": State.APPROVED, _PUBLIC: State.PUBLISHED, _WITHDRAWN: State.WITHDRAWN}


@dataclass(frozen=True)
class _Made:
    """The last move of a declaration, as long as nothing happened to it since: what taking it back goes by."""

    event: Row
    arrow: Move
    before: State


@dataclass
class _Life:
    """Where a declaration stands after the events so far."""

    state: State = State.DRAFT
    revision_count: int = 0
    submitted_revision: int | None = None
    approved_revision: int | None = None
    publication: str = ""
    public_from: str | None = None
    public_revision: int | None = None
    approvals: set[int] = field(default_factory=set)
    last: _Made | None = None

    @property
    def rests_in(self) -> State | None:
        return None if self.approved_revision is None else _RESTS[self.publication]


def impossible(events: Iterable[Row], rows: Mapping[str, Sequence[Row]]) -> Iterator[Sentence]:
    """Every move that cannot have been made, and every row that stands where no move led.

    *rows* are the organisations, appointments, accounts, declarations, approvals and revisions.
    """
    told = _Told(rows)
    lives: dict[int, _Life] = {}
    keepers: set[str] = set()
    for event in events:
        kind, payload = event["type"], event["payload"]
        if kind in {"declaration.recorded", "declaration.revised"}:
            life = lives.setdefault(event["declaration"], _Life())
            if payload["revision"] != life.revision_count + 1:
                yield say("事件 #{number} 的版本不是下一版", number=event["sequence"])
            life.revision_count, life.last = payload["revision"], None
        elif kind.startswith("declaration.") and kind.endswith(_UNDONE):
            yield from _taken_back(event, lives, told)
        elif kind.startswith("declaration."):
            yield from _moved(event, lives, told)
        elif kind == "account.made_superuser":
            keepers.add(payload["username"])
        elif event["declaration"] in lives:
            lives[event["declaration"]].last = None
    yield from _standing(lives, rows)
    yield from _accounts(rows.get("accounts", ()), keepers)


def _moved(event: Row, lives: dict[int, _Life], told: _Told) -> Iterator[Sentence]:
    """Make the move that an event tells of, or say why nobody can have made it."""
    verb = event["type"].partition(".")[2]
    key = event["declaration"]
    life = lives.get(key)
    place = told.place_of(key)
    reviewed = bool(told.organisations.get(place, {}).get("reviews_first"))
    before = MoveContext(
        life.state if life else State.DRAFT,
        frozenset(),
        unit_review=reviewed,
        rests_in=life.rests_in if life else None,
    )
    # A place may have begun or ceased to review first since; either way was open once.
    found = open_arrow(verb, before) or open_arrow(verb, _otherwise(before))
    if life is None or found is None:
        yield say(
            "事件 #{number}：第 {id} 份申报表当时是“{state}”，不可能{verb}",
            number=event["sequence"], id=key, state=before.state.value, verb=verb,
        )  # fmt: skip
        return
    if event["payload"]["revision"] != life.revision_count:
        yield say("事件 #{number} 所指的版本不是当时的版本", number=event["sequence"])
    yield from told.against(event, found, place)
    _land(life, found, before, event["payload"])
    life.last = _Made(event, found, before.state)


def _taken_back(event: Row, lives: dict[int, _Life], told: _Told) -> Iterator[Sentence]:
    """Put the declaration where the move before had found it, or say why that cannot have been."""
    key = event["declaration"]
    life = lives.get(key)
    made = life.last if life else None
    verb = event["type"].removeprefix("declaration.").removesuffix(_UNDONE)
    if (
        life is None
        or made is None
        or (made.event["sequence"], made.arrow.verb)
        != (
            event["payload"]["move"],
            verb,
        )
    ):
        yield say("事件 #{number} 所收回的不是刚才的动作", number=event["sequence"])
        return
    against = why_not_taken_back(
        verb,
        made_at=datetime.fromisoformat(made.event["at"]),
        now=datetime.fromisoformat(event["at"]),
        is_own=made.event["actor"] == event["actor"],
        is_last=True,
    )
    if against is not None:
        yield say("事件 #{number}：{why}", number=event["sequence"], why=against)
    yield from told.against(event, made.arrow, told.place_of(key))
    life.state, life.last = made.before, None


def _otherwise(context: MoveContext) -> MoveContext:
    return MoveContext(
        context.state,
        frozenset(),
        unit_review=not context.unit_review,
        rests_in=context.rests_in,
    )


def _land(life: _Life, made: Move, before: MoveContext, payload: Row) -> None:
    """Where the move leads, and what stands by it from now on."""
    life.state = landing(made, before)
    day = payload["public_from"] or None
    submits = made.target in {State.PREPARED, State.SUBMITTED}
    if submits and before.state is not State.PREPARED:
        life.submitted_revision = payload["revision"]
    if made.verb == "approve":
        life.approved_revision = payload["revision"]
        life.approvals.add(payload["revision"])
        if life.publication == _PUBLIC:
            life.public_revision = life.approved_revision
        elif payload["publication"] == _PUBLIC:
            _publish(life, day)
    elif made.verb == "publish":
        _publish(life, day)
    elif made.verb == "withdraw" and day is None:
        life.publication, life.public_from, life.public_revision = "", None, None
        life.state = State.APPROVED if life.state is State.WITHDRAWN else life.state
    elif made.verb == "withdraw":
        life.publication = _WITHDRAWN


def _publish(life: _Life, day: str | None) -> None:
    life.state, life.publication, life.public_from = State.PUBLISHED, _PUBLIC, day
    life.public_revision = life.approved_revision


def _standing(
    lives: Mapping[int, _Life], rows: Mapping[str, Sequence[Row]]
) -> Iterator[Sentence]:
    """Every declaration stands where its events led it, and is approved as they say."""
    columns = (
        "state", "revision_count", "submitted_revision", "approved_revision", "publication",
        "public_from", "public_revision",
    )  # fmt: skip
    for row in rows.get("declarations", ()):
        life = lives.get(row["id"], _Life())
        for column in columns:
            value = getattr(life, column)
            value = value.value if isinstance(value, State) else value
            if row[column] != value:
                yield say(
                    "第 {id} 份申报表的 {column} 是“{kept}”，按事件应是“{said}”",
                    id=row["id"],
                    column=column,
                    kept=str(row[column]),
                    said=str(value),
                )
    approved = {
        (row["declaration"], row["revision_number"]) for row in rows.get("approvals", ())
    }
    said = {(key, number) for key, life in lives.items() for number in life.approvals}
    for key, number in sorted(approved ^ said):
        yield say("第 {id} 份申报表第 {number} 版的批复与事件不符", id=key, number=number)


def _accounts(accounts: Iterable[Row], keepers: set[str]) -> Iterator[Sentence]:
    """Nobody keeps the installation but who was made to on its console; rights come from appointments."""
    for row in accounts:
        if (row["is_superuser"] or row["is_staff"]) and row["username"] not in keepers:
            yield say("账号 {username} 是超级用户，没有事件为证", username=row["username"])
        if row.get("groups") or row.get("user_permissions"):
            yield say("账号 {username} 另有权限，不出自任职", username=row["username"])


class _Told:
    """What the rows say of who may do what, where and when."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        self.organisations = {row["id"]: row for row in rows.get("organisations", ())}
        self._places = {row["id"]: row["organisation"] for row in rows.get("declarations", ())}
        self._superusers = {
            row["id"] for row in rows.get("accounts", ()) if row["is_superuser"]
        }
        self._appointments: dict[int, list[Row]] = {}
        for row in rows.get("appointments", ()):
            self._appointments.setdefault(row["person"], []).append(row)
        self._wrote: dict[tuple[int, int], str] = {}
        for row in rows.get("revisions", ()):
            key = row["declaration"], row["made_by"]
            self._wrote[key] = min(self._wrote.get(key, row["made_at"]), row["made_at"])

    def place_of(self, declaration: int) -> int:
        """The place that a declaration belongs to."""
        return int(self._places.get(declaration, 0))

    def against(self, event: Row, made: Move, place: int) -> Iterator[Sentence]:
        """What speaks against this person having made this move."""
        actor = event["actor"]
        if actor is None or actor in self._superusers:
            return
        at = datetime.fromisoformat(event["at"])
        if not any(self._had(actor, part, place, at) for part in made.parts):
            yield say(
                "事件 #{number}：经办人 {actor} 当时没有“{part}”的任职",
                number=event["sequence"],
                actor=actor,
                part="、".join(PART_NAMES[part] for part in sorted(made.parts)),
            )
        wrote = self._wrote.get((event["declaration"], actor))
        if made.judges and wrote is not None and wrote <= event["at"]:
            yield say(
                "事件 #{number}：经办人 {actor} 填写过这份表，不能审核它",
                number=event["sequence"],
                actor=actor,
            )

    def _had(self, person: int, part: Part, place: int, at: datetime) -> bool:
        """Had the person that part there on that day?"""
        path = str(self.organisations.get(place, {}).get("path") or "")
        day = at.astimezone(_HERE).date()
        for row in self._appointments.get(person, ()):
            there = str(self.organisations.get(row["place"], {}).get("path") or "\0")
            begun = date.fromisoformat(row["since"]) <= day
            lasting = row["until"] is None or date.fromisoformat(row["until"]) >= day
            ended = row["ended_at"] is not None and row["ended_at"] < at.isoformat()
            holds = RIGHT_OF[part] in RIGHTS[Role(row["role"])]
            if begun and lasting and not ended and holds and path.startswith(there):
                return True
        return False
