"""An adjustment came to nothing: what is in force becomes the latest revision again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from kaoji.subjects.declarations.actions.check_on_record import check_on_record
from kaoji.subjects.declarations.actions.record_form import write_revision
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.models import Opinion


def close_opinions(
    declaration: Declaration, *, acting_user: User, now: datetime
) -> list[Opinion]:
    """Close what is open: opinions on what was abandoned wait for nobody. Gives those that were."""
    found = list(declaration.opinions.filter(closed_at__isnull=True))
    for opinion in found:
        opinion.closed_at, opinion.closed_by = now, acting_user
        opinion.save(update_fields=["closed_at", "closed_by"])
    return found


def restore_in_force(declaration: Declaration, *, acting_user: User, now: datetime) -> None:
    """Write the approved content as the next revision, where the latest says something else.

    Part of the move that ends the adjustment, in its transaction. The abandoned revisions stay.
    """
    approved = declaration.revisions.get(number=declaration.approved_revision or 0)
    latest = declaration.revisions.get(number=declaration.revision_count)
    if approved.sha256 == latest.sha256:
        return
    reading = reading_of(approved)
    write_revision(
        reading,
        check_on_record(reading, place=declaration.organisation),
        declaration,
        intake=None,
        acting_user=acting_user,
        now=now,
        author=approved.made_by,
    )
