"""A closed run with everything that can happen to one, its proof, and what a forger does with it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from zipfile import ZipFile

from django.db.models import Model

from kaoji.audit.ledger.verify import verify_export
from kaoji.audit.vouching import row_hash
from kaoji.benefits.digests import digest_of
from kaoji.benefits.months import month
from kaoji.core.canonical import digest
from kaoji.platform.events.event_log import GENESIS, hash_of
from kaoji.platform.events.models import Event
from kaoji.platform.events.of_rooms import audited
from kaoji.platform.events.vouching import exported
from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.actions.read_return import read_return
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.actions.take_proof import take_proof
from kaoji.subjects.benefits.models import BankFile, Doubt, ReceivedList, ReturnFile, Run, Try
from kaoji.subjects.benefits.queries import digests
from support.forging import unguarded
from support.paid import PEOPLE, Office, day, line, number, returned, row, sheet


def closed_run(office: Office, *, reason: str = "死亡") -> Run:
    """王春 has no account and is left out; 张秋's payment fails and is sent again, 赵冬's is stopped on the way.

    李夏 is entitled by the city's list, as is a stranger whom nobody here knows.
    """
    office.receive(sheet(row("王春", account=""), *map(row, ("李夏", "张秋", "赵冬"))))
    listed = sheet(number(PEOPLE["李夏"][0]), number(date(1939, 4, 4)), captions="身份证号")
    office.receive(listed, kind="entitled", now=day(7, 2))
    run = office.sent(office.approved(office.confirmed(office.computed())))
    office.answered(run, failed=("张", "赵"))
    office.closed(Run.objects.get(pk=run.pk), now=day(7, 17, 6))
    died = sheet(f"{number(PEOPLE['赵冬'][0])},2023-06-20", captions="身份证号,日期")
    office.receive(died, kind="deaths", as_of=date(2023, 7, 18), now=day(7, 18))
    again = resend_failed(Run.objects.get(pk=run.pk), acting_user=office.clerk, now=day(7, 19))
    for doubt in Doubt.objects.filter(run=again, effect="hold"):
        decide_doubt(doubt, "stop", reason=reason, acting_user=office.checker, now=day(7, 20))
    again = Run.objects.get(pk=again.pk)
    again = office.sent(office.approved(again, now=day(7, 20)), now=day(7, 20))
    office.answered(again, on="2023-07-21", now=day(7, 22))
    close_run(Run.objects.get(pk=again.pk), acting_user=office.clerk, now=day(7, 23))
    return Run.objects.get(pk=run.pk)


def another_quarter(office: Office) -> Run:
    """After the first: the bank takes a payment back, 李夏 died in August, 王春 has an account, somebody is new and late.

    So October's run reduces a month that was paid, finds three held months again, and grants arrears.
    """
    first = Run.objects.get(resends__isnull=False)
    credited = Try.objects.get(file__run=first)
    back = returned(first, line(credited, "R", on="2023-09-28", at=1))
    read_return(first, back, acting_user=office.cashier, now=day(9, 29))
    new = f"陈新,{number(date(1953, 8, 8))},方松街道,2023-08,6222021001110000777,工商银行"
    office.receive(
        sheet(row("王春"), new), name="十月.csv", as_of=date(2023, 9, 30), now=day(10, 1)
    )
    died = sheet(f"{number(PEOPLE['李夏'][0])},2023-08-15", captions="身份证号,日期")
    office.receive(
        died, kind="deaths", as_of=date(2023, 9, 30), now=day(10, 1, 5), name="d.csv"
    )
    run = office.computed(month(2023, 10), now=day(10, 3))
    run = office.approved(office.confirmed(run, now=day(10, 5)), now=day(10, 6))
    run = office.sent(run, now=day(10, 7))
    office.answered(run, on="2023-10-12", now=day(10, 13))
    return office.closed(Run.objects.get(pk=run.pk), now=day(10, 14))


def proof_of(office: Office, *runs: Run) -> bytes:
    """The proof that an auditor of the office takes home."""
    target = io.BytesIO()
    take_proof(runs, target, acting_user=office.who("审计只读"), now=day(12, 9))
    return target.getvalue()


def told(proof: bytes) -> dict[str, list[str]]:
    """By level the differences of a proof."""
    found: dict[str, list[str]] = {"V1": [], "V2": [], "V3": []}
    for each in verify_export(io.BytesIO(proof)).differences:
        found[each.level].append(str(each.sentence))
    return found


def remarks_of(proof: bytes) -> list[str]:
    """What a reader of the proof is told beside the differences."""
    return [str(each) for each in verify_export(io.BytesIO(proof)).remarks]


def files_of(proof: bytes) -> dict[str, bytes]:
    """What a proof holds, file by file."""
    with ZipFile(io.BytesIO(proof)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(
    proof: bytes, change: Callable[[dict[str, bytes]], None], *, remake: bool = True
) -> bytes:
    """The proof changed on its way; *remake* makes its manifest again, as a forger would."""
    files = files_of(proof)
    change(files)
    if remake:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = {
            name: digest(content) for name, content in files.items() if name != "manifest.json"
        }
        files["manifest.json"] = json.dumps(manifest).encode()
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def forge(model: type[Model], where: dict[str, object], **values: object) -> None:
    """Set columns of rows past the actions; at least one row, or the forgery is none."""
    unguarded(model._meta.db_table)
    assert model._default_manager.filter(**where).update(**values)


def cover_up() -> None:
    """What somebody does who has database and program: every digest and the whole log made again.

    Only that the old head of the log was told elsewhere stands against it; what the forger did not think of, must
    be seen by the sums and the law.
    """
    changed: dict[str, str] = {}
    for model, rows in (
        (ReceivedList, digests.rows_of_list),
        (BankFile, digests.rows_of_file),
        (ReturnFile, digests.rows_of_return),
    ):
        for each in model.objects.all():
            _set(changed, each, "digest", digest_of(rows(each)))
    for run in Run.objects.all():
        if run.resends_id is None:
            _set(changed, run, "items_digest", digest_of(digests.rows_of_run(run)))
        _set(changed, run, "doubts_digest", digest_of(digests.rows_of_doubts(run)))
        run.refresh_from_db()
        _set(changed, run, "asked_digest", digest_of(digests.rows_asked(run)))
    _write_the_log_again(changed)


def _set(changed: dict[str, str], each: Model, name: str, value: str) -> None:
    changed[getattr(each, name)] = value
    forge(type(each), {"pk": each.pk}, **{name: value})


def _write_the_log_again(changed: dict[str, str]) -> None:
    unguarded(Event._meta.db_table)
    events = list(Event.objects.order_by("sequence"))
    last = {
        (table, key): event
        for event in events
        for table, hashes in event.payload.get("rows", {}).items()
        for key in hashes
    }
    previous = GENESIS
    for event in events:
        text = json.dumps(event.payload, ensure_ascii=False)
        for old, new in changed.items():
            text = text.replace(old, new) if old else text
        event.payload = json.loads(text)
        for table, hashes in event.payload.get("rows", {}).items():
            for key in hashes:
                if last[table, key] is event:
                    now = audited()[table].model._default_manager.get(pk=key)
                    hashes[key] = row_hash(exported(now))
        event.previous_hash = previous
        previous = event.hash = hash_of(event)
        Event.objects.filter(pk=event.pk).update(
            payload=event.payload, previous_hash=event.previous_hash, hash=event.hash
        )
