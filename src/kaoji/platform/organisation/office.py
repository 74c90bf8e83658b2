"""Whose system it is: the office whose name heads the pages."""

from __future__ import annotations

from kaoji.platform.organisation.models import Letterhead, Organisation


def name_of_office() -> str:
    """Of the office that the administrator named; before that of the place at the top that was registered first."""
    letterhead = Letterhead.objects.select_related("place").first()
    if letterhead is not None:
        return letterhead.place.name
    top = Organisation.objects.filter(parent=None).order_by("pk").first()
    return top.name if top else ""
