"""How a form comes to the public: its moves, finance's look at the results, a draft behind it."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.documents.editing import Typed
from kaoji.subjects.declarations.actions.edit_declaration import edit_declaration
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.self_evaluation.actions.recheck import recheck
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from support.people import NOON
from support.road_form import SOUND


def looked_at(evaluation: SelfEvaluation, finance: User, level: str = "finance") -> None:
    recheck(evaluation, level=level, changes={}, opinion="属实", acting_user=finance, now=NOON)


def published(held: Declaration, finance: User, **more: object) -> None:
    move_declaration(held, "publish", revision=1, acting_user=finance, now=NOON, **more)


def revised(held: Declaration, filer: User, goal: str) -> None:
    base = held.revisions.get(number=held.revision_count)
    typed = Typed({"annual_goal": goal}, {})
    edit_declaration(held, typed, base=base, seen=base.number, acting_user=filer, now=NOON)
    held.refresh_from_db()


def another(filer: User, finance: User, *, goal: str = "") -> Declaration:
    """Another form on its way to the public; with a *goal* its second version is the one that is approved."""
    intake = import_document(SOUND.encode(), name="y.txt", acting_user=filer, now=NOON)
    [made] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    if goal:
        revised(made, filer, goal)
    forwarding = User.objects.get(username="shen")
    doers = {"submit": filer, "forward": forwarding, "approve": finance, "publish": finance}
    for verb, user in doers.items():
        number = made.revision_count
        made = move_declaration(made, verb, revision=number, acting_user=user, now=NOON)
    return made
