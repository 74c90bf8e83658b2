"""Drop a draft: the form was filed, or the person does not want it."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.platform.drafts.models import Draft


def drop_draft(form: str, *, version: int | None = None, acting_user: User) -> None:
    """Of the person's own; nothing where there is none, or where another page kept more than that *version*."""
    held = Draft.objects.filter(person=acting_user, form=form)
    if version is not None:
        held = held.filter(version=version)
    held.delete()
