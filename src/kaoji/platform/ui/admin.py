"""Tables in Django's admin, to look at: for the superuser who keeps the installation.

What the pages show is made from the tables themselves, so that a new subject brings nothing for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from kaoji.platform.ui.for_the_superuser import ForTheSuperuser

if TYPE_CHECKING:
    _Table = admin.ModelAdmin[Any]
else:
    _Table = admin.ModelAdmin

# Secrets, links that open something, and what is not on record yet.
_UNSHOWN = {"accounts", "jobs", "imports.upload", "surveys.surveycode"}
_LONG = (models.TextField, models.JSONField, models.BinaryField)
_COLUMNS = 8


class LookOnly(ForTheSuperuser, _Table):
    """A table that the admin shows and does not touch."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The first short columns."""
        return [field.name for field in self._short][:_COLUMNS]

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        """Other rows that the list names."""
        return [
            field.name
            for field in self._short[:_COLUMNS]
            if isinstance(field, models.ForeignKey)
        ]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Columns with a few known values."""
        return [field.name for field in self._short if field.choices]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Columns of words."""
        words = [field for field in self._short if isinstance(field, models.CharField)]
        return [field.name for field in words if not field.choices]

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Files are not shown as signs."""
        fields = self.model._meta.concrete_fields
        return [field.name for field in fields if isinstance(field, models.BinaryField)]

    @property
    def _short(self) -> list[models.Field[Any, Any]]:
        return [
            field
            for field in self.model._meta.concrete_fields
            if not isinstance(field, (*_LONG, models.AutoField))
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted by hand."""
        return False


def _is_shown(model: type[models.Model]) -> bool:
    meta = model._meta
    ours = apps.get_app_config(meta.app_label).name.startswith("kaoji.")
    return ours and not {meta.app_label, meta.label_lower} & _UNSHOWN


for _model in filter(_is_shown, apps.get_models()):
    admin.site.register(_model, LookOnly)
