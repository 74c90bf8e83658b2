"""A day in a form."""

from __future__ import annotations

from django import forms


class Day(forms.DateField):
    """A day, chosen from the browser's calendar or typed as 2027-01-31."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
