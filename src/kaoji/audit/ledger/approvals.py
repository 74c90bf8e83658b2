"""V2: as many different people as the money asks for approved it, none did anything else with it, and all signed the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from kaoji.audit.ledger.export import Export, Told, moment
from kaoji.benefits.approvals import APART, DUTY_NAMES, Duty, approvals_needed
from kaoji.benefits.fen import written_fen
from kaoji.benefits.months import Month
from kaoji.core.speech import Sentence, say

_OF_ALL = ("deaths", "left", "births")


def wrong_approvals(export: Export) -> Iterator[Sentence]:
    """Every run that was not approved as it had to be."""
    for run in export.checked:
        doers = _doers(export, run)
        yield from _apart(run, doers)
        yield from _enough(export, run, doers)
        yield from _signed(export, run)
    yield from _refused_by_one(export)


def _refused_by_one(export: Export) -> Iterator[Sentence]:
    """Files that count as refused whole by the bank though no second person confirmed it."""
    mine = {run["id"] for run in export.checked}
    reported = {
        row["file"]: row["made_by"] for row in export.vouched["benefit_refusal_reports"]
    }
    for key, row in sorted(export.refused.items()):
        by = reported.get(key)
        if export.files[key]["run"] in mine and by in {None, row["made_by"]}:
            yield say("盘片 {file} 的整份退回没有第二人核实", file=key)


def _doers(export: Export, run: Told) -> dict[Duty, set[int]]:
    """Who did what with the runs of the month; who opened a run or received what it newly knows prepared it."""
    found: defaultdict[Duty, set[int]] = defaultdict(set)
    found[Duty.PREPARE] |= {run["made_by"], *_receivers(export, run)}
    if run["resends"] is not None:
        found[Duty.PREPARE].add(export.runs[run["resends"]]["made_by"])
    month = {key for key, other in export.runs.items() if other["month"] == run["month"]}
    for row in export.vouched["benefit_duties"]:
        if row["run"] not in month:
            continue
        mine = row["run"] == run["id"] and row["computation"] == run["computation"]
        if row["duty"] != Duty.APPROVE or mine:
            found[Duty(row["duty"])].add(row["made_by"])
    return found


def _receivers(export: Export, run: Told) -> set[int]:
    frozen = moment(run["as_known_at"])
    before = [
        at
        for other in export.runs.values()
        if other["id"] != run["id"] and (at := moment(other["as_known_at"])) < frozen
    ]
    known: datetime | None = max(before, default=None)
    return {
        row["made_by"]
        for row in export.lists.values()
        if (row["programme"] == run["programme"] or row["kind"] in _OF_ALL)
        and moment(row["made_at"]) <= frozen
        and (known is None or moment(row["made_at"]) > known)
    }


def _apart(run: Told, doers: dict[Duty, set[int]]) -> Iterator[Sentence]:
    for one, other in combinations(sorted(APART), 2):
        for person in sorted(doers.get(one, set()) & doers.get(other, set())):
            yield say(
                "批次 {id} 的{one}和{other}是同一人（{person}）",
                id=run["id"],
                one=say(DUTY_NAMES[one]),
                other=say(DUTY_NAMES[other]),
                person=person,
            )


def _enough(export: Export, run: Told, doers: dict[Duty, set[int]]) -> Iterator[Sentence]:
    others = {who for duty in APART - {Duty.APPROVE} for who in doers.get(duty, set())}
    approvers = doers.get(Duty.APPROVE, set()) - others
    total = _total(export, run)
    needed = approvals_needed(total, period=Month(run["month"]))
    if len(approvers) < needed:
        yield say(
            "批次 {id} 当月共 {total} 元，须 {needed} 人审批，只有 {count} 人",
            id=run["id"],
            total=written_fen(total),
            needed=needed,
            count=len(approvers),
        )


def _total(export: Export, run: Told) -> int:
    """All runs of the month together; what is sent again asks for its own sum."""
    if run["resends"] is not None:
        return int(run["approved_fen"])
    return sum(
        other["approved_fen"]
        for other in export.runs.values()
        if other["month"] == run["month"]
        and other["resends"] is None
        and moment(other["approved_at"]) <= moment(run["approved_at"])
    )


def _signed(export: Export, run: Told) -> Iterator[Sentence]:
    """Each approval names the digest of what stands there, and was given by who is noted for it."""
    signed = {
        event["actor"]: event
        for event in export.events
        if event["type"] == "benefits.run_approved" and event["payload"]["run"] == run["id"]
    }
    for row in export.vouched["benefit_duties"]:
        mine = row["run"] == run["id"] and row["computation"] == run["computation"]
        if not mine or row["duty"] != Duty.APPROVE:
            continue
        event = signed.get(row["made_by"])
        payload = event["payload"] if event else {}
        if payload.get("digest") != run["asked_digest"]:
            yield say(
                "批次 {id} 由 {person} 审批的是 {signed}，送审的是 {asked}",
                id=run["id"],
                person=row["made_by"],
                signed=payload.get("digest") or "—",
                asked=run["asked_digest"],
            )
        elif payload["fen"] != run["approved_fen"]:
            yield say(
                "批次 {id} 由 {person} 审批的是 {signed} 元，送审的是 {asked} 元",
                id=run["id"],
                person=row["made_by"],
                signed=written_fen(payload["fen"]),
                asked=written_fen(run["approved_fen"]),
            )
