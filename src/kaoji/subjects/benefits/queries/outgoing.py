"""What goes to the bank: a line a person, with what is opened for it alone, and whom a bank's file cannot hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from kaoji.core.speech import Sentence, say
from kaoji.documents.banks.layout import BankLayout, bank_layouts
from kaoji.documents.banks.writing import OutgoingLine, unfit_lines
from kaoji.platform.sealing import opened
from kaoji.subjects.benefits.models import BankFile, PayeeAccount, Person, Run, Try
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.subjects.benefits.queries.money import Months
from kaoji.subjects.benefits.queries.requests import accounts_for, blocks

_MOST_TOLD = 200


def unfit_for_banks(run: Run, owed: Mapping[int, Months]) -> dict[int, list[Unfit]]:
    """Of whom the file of which bank cannot hold the line, and why; before the file is made.

    Asked is the layout that the office sent in last, without one every layout; and of accounts that stood in a file
    of it already nobody asks again. What of a name cannot be written is not said: doubts leave the house.
    """
    found: defaultdict[int, list[Unfit]] = defaultdict(list)
    accounts = accounts_for(run, owed)
    for layout in _layouts_of(run):
        tries = Try.objects.filter(file__layout=layout.name)
        new = {
            person: owed[person]
            for some in blocks(accounts)
            for person in _never_written(tries, {key: accounts[key] for key in some})
        }
        title = layout.title
        for person, why in unfit(layout, run, new, accounts):
            hidden = {**why.values, "sign": "□"} if "sign" in why.values else why.values
            found[person].append((say(title), Sentence(why.template, hidden)))
    return found


Unfit = tuple[Sentence, Sentence]
"""What a bank's layout is called, and why its file cannot hold a line."""


def _layouts_of(run: Run) -> list[BankLayout]:
    files = BankFile.objects.filter(run__place=run.place_id, turned_down=None)
    last = files.order_by("id").last()
    known = None if last is None else bank_layouts().get(last.layout)
    return [*bank_layouts().values()] if known is None else [known]


def _never_written(tries: QuerySet[Try], accounts: Mapping[int, PayeeAccount]) -> Iterator[int]:
    keys = [account.pk for account in accounts.values()]
    written = set(tries.filter(account__in=keys).values_list("account", flat=True))
    yield from (person for person, account in accounts.items() if account.pk not in written)


def unfit(
    layout: BankLayout,
    run: Run,
    owed: Mapping[int, Months],
    accounts: Mapping[int, PayeeAccount],
) -> Iterator[tuple[int, Sentence]]:
    """Of each person whose line the bank's file cannot hold why not."""
    people = list(owed)
    sent = outgoing_lines(run, owed, accounts, {person: f"K{person}-1" for person in people})
    for number, why in unfit_lines(layout.upload, sent):
        yield people[number - 1], why


def outgoing_lines(
    run: Run,
    owed: Mapping[int, Months],
    accounts: Mapping[int, PayeeAccount],
    references: Mapping[int, str],
) -> list[OutgoingLine]:
    """The lines as the bank's file is to hold them, in the order of the people who are owed."""
    note = f"{flat_programmes()[run.programme].law.title} {run.written}"
    return [
        OutgoingLine(
            references[person],
            number_of(accounts[person]),
            holder_of(accounts[person]),
            sum(fen for _, fen in owed[person]),
            note,
            bank_name=accounts[person].bank,
        )
        for person in owed
    ]


def told_unfit(faults: Mapping[int, Sentence]) -> tuple[Sentence, ...]:
    """The first of the lines at fault, each by whose it is."""
    some = list(faults.items())[:_MOST_TOLD]
    people = Person.objects.in_bulk([person for person, _ in some])
    return tuple(
        say(
            "{name} {number}：{why}",
            name=people[person].name_masked,
            number=people[person].id_masked,
            why=why,
        )
        for person, why in some
    )


def number_of(account: PayeeAccount) -> str:
    """The account's number, opened."""
    purpose = f"benefits.account.{account.number_hash}"
    return opened(account.number_sealed, purpose=purpose).decode()


def holder_of(account: PayeeAccount) -> str:
    """The holder's name, opened."""
    purpose = f"benefits.holder.{account.number_hash}"
    return opened(account.holder_sealed, purpose=purpose).decode()
