"""What a reviewer wrote about a form and has not sent: an opinion, a review sheet. It is kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from kaoji.core.canonical import canonical_json, digest
from kaoji.core.paths import WHOLE_FORM
from kaoji.platform.drafts.models import Draft
from kaoji.subjects.declarations.models import Declaration


@dataclass(frozen=True)
class UnsentOpinion:
    """The *text* that was written of the cell *field*; *version* counts how often it was kept."""

    field: str
    text: str
    version: int

    @property
    def key(self) -> str:
        """What it is named by where it is asked about: by what it says, since a draft begun anew counts anew."""
        return f"unsent:{_named([self.field, self.text])}"


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


def unsaved_review_sheets(declaration: Declaration, person: User) -> str:
    """What the person's review sheets are named by that were kept and not saved; empty where nothing is typed."""
    kept = Draft.objects.filter(person=person, form__startswith=f"judge:{declaration.pk}:")
    typed = [
        [draft.form, draft.content]
        for draft in kept.order_by("form")
        if any(text.strip() for _, text in draft.content)
    ]
    return f"unsaved:{_named(typed)}" if typed else ""


def _named(content: object) -> str:
    return digest(canonical_json(content))[:16]
