"""A hundred people press the same button at once. Run as a program, with a fresh home.

Prints how many succeeded, how many events were written, and whether the log holds.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from kaoji.cli.site import set_up
from support.road_form import FORM

PEOPLE, AT_ONCE = 100, 20


def main() -> None:
    """Rush."""
    set_up()
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from kaoji.platform.events.models import Event
    from kaoji.platform.refusals import UnableToAct
    from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
    from kaoji.subjects.intake.actions.import_document import import_document
    from kaoji.subjects.review.actions.move_declaration import move_declaration
    from kaoji.subjects.verification.queries.verifying import verify_chain
    from support.people import person

    filer, department, finance = (
        person("填报", "a"), person("主管部门审核", "b"), person("财政绩效", "c"),
    )  # fmt: skip
    now = timezone.now()
    intake = import_document(FORM.encode(), name="x.txt", acting_user=filer, now=now)
    [declaration] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=now)

    def press(verb: str, user) -> bool:
        try:
            move_declaration(
                declaration, verb, revision=1, acting_user=user, now=timezone.now()
            )
        except UnableToAct:
            return False
        finally:
            connections.close_all()
        return True

    for verb, user in (("submit", filer), ("forward", department), ("approve", finance)):
        with ThreadPoolExecutor(AT_ONCE) as pool:
            done = list(pool.map(lambda _, v=verb, u=user: press(v, u), range(PEOPLE)))
        events = Event.objects.filter(type=f"declaration.{verb}").count()
        print(verb, sum(done), events)
    print("holds", verify_chain() == Event.objects.count())


if __name__ == "__main__":
    main()
