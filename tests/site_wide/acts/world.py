"""What acts are tried in: an approved road form, those who brought it there, and a form at work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.workflow.moves import State
from support.forging import unguarded
from support.people import NOON
from support.road_form import FORM


@dataclass(frozen=True)
class World:
    """The approved form, where it is, and who wrote, forwarded and approved it."""

    form: Declaration
    filer: User
    department: User
    finance: User

    @property
    def unit(self) -> Organisation:
        """The form's place."""
        return self.form.organisation

    @property
    def head(self) -> Organisation:
        """The department above it."""
        return self.unit.parent

    def form_at_work(self, state: State = State.DRAFT) -> Declaration:
        """Another form of the same unit, with a finding that returns it, in a state."""
        text = FORM.replace("项目: 甲", "项目: 乙路").replace("≥ 98%", "较高")
        intake = import_document(text.encode(), name="x.txt", acting_user=self.filer, now=NOON)
        [made] = confirm_intake(intake, form_numbers=[0], acting_user=self.filer, now=NOON)
        Declaration.objects.filter(pk=made.pk).update(state=state)
        made.refresh_from_db()
        return made


# An action, as `kaoji.actions` has them; an act is prepared, and then done by somebody.
Action = Callable[..., Any]
Act = Callable[[World], Callable[[User], object]]
ACTS: dict[str, Act] = {}


def act(name: str) -> Callable[[Act], Act]:
    """Register what prepares the act of the table's row *name*."""

    def register(prepared: Act) -> Act:
        # A file that is looked through for doctests comes twice.
        assert name not in ACTS or _where(ACTS[name]) == _where(prepared), name
        ACTS[name] = prepared
        return prepared

    return register


def _where(prepared: Act) -> tuple[str, int]:
    code = prepared.__code__
    return code.co_filename, code.co_firstlineno


def doing(action: Action, *given: object, **more: object) -> Callable[[User], object]:
    """The action with what it is given, by whoever does it, at noon."""
    return lambda user: action(*given, **more, acting_user=user, now=NOON)


def set_past_the_actions(row: Any, **columns: object) -> None:
    """Set columns of a row that is guarded."""
    unguarded(row._meta.db_table)
    type(row).objects.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()
