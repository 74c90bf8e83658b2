"""Drop a draft: the form was filed, or the person does not want it."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.platform.drafts.models import Draft


def drop_draft(form: str, *, acting_user: User) -> None:
    """Of the person's own; nothing where there is none."""
    Draft.objects.filter(person=acting_user, form=form).delete()
