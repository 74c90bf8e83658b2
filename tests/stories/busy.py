"""Somebody who never stops working: imports and moves, until killed. Run as a program.

With the argument `look` it tells instead whether what stands in the home is whole.
"""

from __future__ import annotations

import sys
from itertools import count

from kaoji.cli.site import set_up
from support.road_form import FORM


def main() -> None:
    """Work, or look."""
    set_up()
    if sys.argv[1:] == ["look"]:
        look()
    else:
        work()


def work() -> None:
    """Put a form on record, submit it, recall it, again and again."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
    from kaoji.subjects.intake.actions.import_document import import_document
    from kaoji.subjects.review.actions.move_declaration import move_declaration
    from support.people import person

    filer = person("填报", "a")
    for number in count():
        text = FORM.replace("项目: 甲", f"项目: 甲{number % 3}").replace("35", str(35 + number))
        now = timezone.now()
        intake = import_document(text.encode(), name="x.txt", acting_user=filer, now=now)
        [form] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=now)
        for verb in ("submit", "recall"):
            move_declaration(
                form, verb, revision=form.revision_count, acting_user=filer, now=timezone.now()
            )
        print(number, flush=True)


def look() -> None:
    """Every event has its effect, every effect its event, and the chain holds."""
    from kaoji.platform.events.models import Event
    from kaoji.subjects.declarations.models import (
        Declaration,
        FindingRow,
        IndicatorRow,
        Revision,
    )
    from kaoji.subjects.verification.queries.verifying import verify_chain

    def events(*types: str) -> int:
        return Event.objects.filter(type__in=types).count()

    assert verify_chain() == Event.objects.count()
    assert Revision.objects.count() == events("declaration.recorded", "declaration.revised")
    assert IndicatorRow.objects.count() == 6 * Revision.objects.count()
    assert events("intake.confirmed") == Revision.objects.count()
    for form in Declaration.objects.all():
        assert form.revisions.count() == form.revision_count
        moves = form.events.filter(type__in=["declaration.submit", "declaration.recall"])
        assert form.state == ("submitted" if moves.count() % 2 else "draft")
        assert form.observations.count() == 6
    assert FindingRow.objects.filter(revision__isnull=True).count() == 0
    print("whole", Revision.objects.count())


if __name__ == "__main__":
    main()
