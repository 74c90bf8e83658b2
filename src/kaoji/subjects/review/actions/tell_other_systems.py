"""Tell other systems what a form is from now on, when all that belongs to a move is done."""

from __future__ import annotations

from datetime import datetime

from kaoji.platform.webhooks.actions.set_aside import set_aside
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.line import line_of
from kaoji.subjects.review.events import UNDONE_ENDING

_PUBLISH = "declaration.publish"


def tell_other_systems(declaration: Declaration, event_type: str, *, now: datetime) -> None:
    """Whoever chose the move; an approval that changes what the public sees is a publication too.

    Call it inside the transaction, last: the end of an adjustment writes the form once more after its event.
    """
    choices = {event_type.removesuffix(UNDONE_ENDING)}
    is_public = declaration.publication == Declaration.Publication.PUBLIC
    if event_type == "declaration.approve" and is_public:
        choices.add(_PUBLISH)
    set_aside(
        event_type,
        {"declaration": line_of(declaration), "revision": declaration.revision_count},
        choices=choices,
        place=declaration.organisation,
        title=declaration.project_name,
        at=now,
    )
