"""What a reviewer wrote about a form and has not sent: an opinion, a review sheet. It is kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from kaoji.core.paths import WHOLE_FORM
from kaoji.platform.drafts.models import Draft
from kaoji.subjects.declarations.models import Declaration


@dataclass(frozen=True)
class UnsentOpinion:
    """The *text* that was written of the cell *field*; *version* counts how often it was kept."""

    field: str
    text: str
    version: int


def opinion_draft(declaration: Declaration) -> str:
    """The name of the draft of an opinion on the form."""
    return f"opinion:{declaration.pk}"


def unsent_opinion(declaration: Declaration, person: User) -> UnsentOpinion | None:
    """The person's opinion that was not sent; None where nothing is written."""
    held = Draft.objects.filter(person=person, form=opinion_draft(declaration)).first()
    if held is None:
        return None
    typed = dict(held.content)
    text = str(typed.get("text", "")).strip()
    return UnsentOpinion(typed.get("field", WHOLE_FORM), text, held.version) if text else None


def unsent_review_sheet(declaration: Declaration, person: User) -> int:
    """How often the person's review sheet was kept without being saved; 0 where nothing is typed."""
    kept = Draft.objects.filter(person=person, form__startswith=f"judge:{declaration.pk}:")
    typed = (draft.version for draft in kept if any(text.strip() for _, text in draft.content))
    return max(typed, default=0)
