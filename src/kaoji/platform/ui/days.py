"""A day in a form, and what months are called."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _


class Day(forms.DateField):
    """A day, chosen from the browser's calendar or typed as 2027-01-31."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def month_name(number: int) -> str:
    """A month by itself in the language of the page: 6月, Jun."""
    return format_date(date(2000, number, 1), _("n月"))
