"""V2: a run is the sum of its rows, asks for what it found, and the bank was told what was asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kaoji.audit.ledger.export import Export, Told
from kaoji.audit.ledger.overpaid import months_overpaid, registered
from kaoji.audit.ledger.tables import Months, RequestRow, TryRow
from kaoji.benefits.fen import written_fen
from kaoji.benefits.months import Month, written_month
from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import Sentence, say

Owed = dict[tuple[int, int], int]
"""By person and month so many fen."""


def wrong_sums(export: Export) -> Iterator[Sentence]:
    """Every sum that is not that of its rows, and every payment that nobody asked for."""
    lessened = {(item.person, item.month) for item in export.items if item.fen < 0}
    lessened |= months_overpaid(export)
    for run in export.checked:
        if run["resends"] is None and run["state"] != RunState.CLOSED:
            yield say("批次 {id} 还没有关闭", id=run["id"])
        yield from _of_run(export, run)
        yield from _requests(export, run)
        if export.tries_of[run["id"]] or run["state"] == RunState.CLOSED:
            yield from _sent(export, run, lessened)
        yield from _answered(export, run)
    yield from _files(export)


def _of_run(export: Export, run: Told) -> Iterator[Sentence]:
    found = _found(export, run)
    people = {person for person, _month, _fen in found}
    again = {
        "people": len(people),
        "items": len(found),
        "fen": sum(fen for *_, fen in found if fen > 0),
        "reduced": -sum(fen for *_, fen in found if fen < 0),
        "approved_fen": sum(row.fen for row in export.asked_of(run)),
    }
    for name, title in _NAMES.items():
        what = say(title, id=run["id"])
        yield from differs(
            what, run[name], again[name], money="fen" in name or name == "reduced"
        )


_NAMES = {
    "people": "批次 {id} 的人数",
    "items": "批次 {id} 的笔数",
    "fen": "批次 {id} 的应发",
    "reduced": "批次 {id} 的核减",
    "approved_fen": "批次 {id} 的送审合计",
}


def differs(
    what: Sentence, stated: int, again: int, *, money: bool = True
) -> Iterator[Sentence]:
    """A sentence where two numbers are not the same, both named."""
    if stated == again:
        return
    if money:
        shown = {"stated": written_fen(stated), "again": written_fen(again)}
        yield say("{what}写 {stated} 元，逐行加起来是 {again} 元", what=what, **shown)
    else:
        yield say(
            "{what}写 {stated}，逐行数来是 {again}", what=what, stated=stated, again=again
        )


def _found(export: Export, run: Told) -> list[tuple[int, int, int]]:
    if run["resends"] is None:
        return [(item.person, item.month, item.fen) for item in export.items_of[run["id"]]]
    rows = export.requests_of[run["id"]]
    return [(row.person, month, fen) for row in rows for month, fen in row.months]


def _requests(export: Export, run: Told) -> Iterator[Sentence]:
    owners = {row.key: row.person for row in export.sealed_rows if row.kind == "account"}
    asked = export.asked_of(run)
    for row in asked:
        what = say("批次 {id} 对人员 {person} 的支付申请", id=run["id"], person=row.person)
        yield from differs(what, row.fen, sum(fen for _, fen in row.months))
        if owners.get(row.account) != row.person:
            yield say(
                "{what}付到账户 {account}，不是本人登记的", what=what, account=row.account
            )
    granted = _granted(export, run)
    months = _by_month(asked)
    every = granted.keys() | months.keys() if run["resends"] is None else months.keys()
    for key in sorted(every):
        stated, most = months.get(key, 0), granted.get(key, 0)
        if stated > most or (run["resends"] is None and stated != most):
            yield say(
                "批次 {id} 人员 {person} {month} 申请支付 {stated} 元，核定为 {granted} 元",
                id=run["id"],
                person=key[0],
                month=written_month(Month(key[1])),
                stated=written_fen(stated),
                granted=written_fen(most),
            )


def _granted(export: Export, run: Told) -> Owed:
    """What the run granted, or the run that it sends again."""
    of = run["resends"] or run["id"]
    return {
        (item.person, item.month): item.fen
        for item in export.items_of[of]
        if item.fen > 0 and (of, item.person, item.month) not in export.not_granted
    }


def _by_month(rows: Iterable[RequestRow | TryRow]) -> Owed:
    found: defaultdict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        for month, fen in row.months:
            found[row.person, month] += fen
    return dict(found)


def _sent(export: Export, run: Told, lessened: set[tuple[int, int]]) -> Iterator[Sentence]:
    """The bank is told no more than was asked for.

    Less, only where the month was lessened by a run, or nothing of whom the bank's file could not hold.
    """
    asked, tries = export.asked_of(run), export.tries_of[run["id"]]
    accounts = {row.person: row.account for row in asked}
    for row in tries:
        what = say("盘片 {file} 第 {line} 行", file=row.file, line=row.line)
        yield from differs(what, row.fen, _total(row.months))
        if row.person in accounts and row.account != accounts[row.person]:
            yield say(
                "{what}付到账户 {account}，审批的是账户 {approved}",
                what=what,
                account=row.account,
                approved=accounts[row.person],
            )
    # What the bank refused with its whole file goes out again: of each person the last line counts.
    last = {row.person: row for row in sorted(tries, key=lambda row: row.number)}
    wanted, paid, left = _by_month(asked), _by_month(last.values()), _left_out(export, run)
    for key in sorted(wanted.keys() | paid.keys()):
        stated, most = paid.get(key, 0), wanted.get(key, 0)
        if stated == 0 and key[0] in left:
            continue
        if stated > most or (stated < most and key not in lessened):
            yield say(
                "批次 {id} 人员 {person} {month} 报盘 {stated} 元，审批的是 {asked} 元",
                id=run["id"],
                person=key[0],
                month=written_month(Month(key[1])),
                stated=written_fen(stated),
                asked=written_fen(most),
            )


def _left_out(export: Export, run: Told) -> set[int]:
    """Whom the bank's files of the run could not hold, as the event says that made them, or who was asked for anew."""
    anew = {
        row.person
        for small in export.runs.values()
        if small["resends"] == run["id"] and not export.tries_of[run["id"]]
        for row in export.tries_of[small["id"]]
    }
    return anew | {
        person
        for event in export.events
        if event["type"] == "benefits.file_made_without"
        and event["payload"]["run"] == run["id"]
        for person in event["payload"]["left_people"]
    }


def _total(months: Months) -> int:
    return sum(fen for _month, fen in months)


def _answered(export: Export, run: Told) -> Iterator[Sentence]:
    """Every line has an answer that stands, about its own amount; what was paid twice is on record as that."""
    times: defaultdict[int, list[TryRow]] = defaultdict(list)
    for row in export.tries_of[run["id"]]:
        said = export.lines_of[row.reference]
        for line in said:
            what = say("回盘 {file} 第 {line} 行", file=line.file, line=line.line)
            yield from differs(what, line.fen, row.fen)
        answered = _stands(said) or row.file in export.refused
        if not answered and run["state"] == RunState.CLOSED:
            yield say(
                "批次 {id} 的 {reference} 没有回盘", id=run["id"], reference=row.reference
            )
    for row in _tries_of_payments(export, run):
        if state_of(export, row) is TryState.CREDITED:
            times[row.payment].append(row)
    besides = registered(export)
    for payment, rows in times.items():
        if sum(row.fen for row in rows) > rows[0].payment_fen + besides[payment]:
            yield say(
                "人员 {person} 的支付 {payment} 到账 {paid} 元，应付 {fen} 元",
                person=rows[0].person,
                payment=payment,
                paid=written_fen(sum(row.fen for row in rows)),
                fen=written_fen(rows[0].payment_fen),
            )


def _stands(said: Iterable[object]) -> bool:
    return any(getattr(line, "outcome", "") != Outcome.PENDING for line in said)


def _tries_of_payments(export: Export, run: Told) -> Iterator[TryRow]:
    if run["resends"] is None:
        yield from (row for row in export.tries if row.payment_run == run["id"])


def state_of(export: Export, row: TryRow) -> TryState:
    """Where a try stands by all that the bank said."""
    return state_of_try(
        BankLine(line.on, Outcome(line.outcome), line.reference, line.fen)
        for line in export.lines_of[row.reference]
    )


def _files(export: Export) -> Iterator[Sentence]:
    """The control totals of every file, out and in."""
    mine = {run["id"] for run in export.checked}
    sums: Mapping[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in export.tries:
        sums[row.file][0] += 1
        sums[row.file][1] += row.fen
    for key, file in export.files.items():
        if file["run"] in mine:
            count, fen = sums[key]
            yield from differs(
                say("盘片 {id} 的笔数", id=key), file["count"], count, money=False
            )
            yield from differs(say("盘片 {id} 的金额", id=key), file["fen"], fen)
    known = {row.reference for row in export.tries}
    for answer in export.answers:
        if answer.reference not in known:
            yield say("回盘 {file} 第 {line} 行的 {reference} 不是发出的",
                      file=answer.file, line=answer.line, reference=answer.reference)  # fmt: skip
    for key, returned in export.returns.items():
        if returned["run"] in mine:
            yield from _returned(export, key, returned)


def _returned(export: Export, key: int, returned: Told) -> Iterator[Sentence]:
    lines = [line for line in export.answers if line.file == key]
    credited = sum(line.fen for line in lines if line.outcome == Outcome.CREDITED)
    back = {Outcome.FAILED.value, Outcome.RETURNED.value}
    failed = sum(line.fen for line in lines if line.outcome in back)
    what = say("回盘 {id} 的笔数", id=key)
    yield from differs(what, returned["count"], len(lines), money=False)
    yield from differs(say("回盘 {id} 的到账", id=key), returned["credited"], credited)
    yield from differs(say("回盘 {id} 的失败", id=key), returned["failed"], failed)
