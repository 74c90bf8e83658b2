"""What makes the figures of a place's year old."""

from __future__ import annotations

from kaoji.platform.events.happened import Happened
from kaoji.subjects.dashboards.queries import touch
from kaoji.subjects.self_evaluation.events import CHANGES_STANDING


def make_old(happened: Happened) -> None:
    """The figures of each declaration's place and year are computed again when somebody looks."""
    for declaration in happened.declarations():
        touch(declaration.organisation_id, declaration.year)


REACTIONS = dict.fromkeys((*CHANGES_STANDING, "declaration.recorded"), make_old)
