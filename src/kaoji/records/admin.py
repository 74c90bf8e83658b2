"""The tables in Django's admin: for the superuser who keeps the installation, to look at.

Administrators of a bureau work on the site's own pages, where rights follow the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kaoji.records import models
from kaoji.records.event_log import record_event

if TYPE_CHECKING:
    _Table = admin.ModelAdmin[Any]
    _People = UserAdmin[User]
else:
    _Table = admin.ModelAdmin
    _People = UserAdmin


class ForTheSuperuser:
    """Only who keeps the installation sees these pages."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Is it the superuser?"""
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_module_permission(request)


class LookOnly(ForTheSuperuser, _Table):
    """A table that the admin shows and does not touch."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted by hand."""
        return False


@admin.register(models.Document)
class DocumentAdmin(LookOnly):
    """Files as they were handed in; the content is not listed."""

    list_display = ("name", "media_type", "received_from", "received_at")
    search_fields = ("name", "sha256")
    exclude = ("content",)


@admin.register(models.Intake)
class IntakeAdmin(LookOnly):
    """Imports and where they stand."""

    list_display = ("document", "state", "opened_by", "opened_at", "closed_at")
    list_filter = ("state",)
    list_select_related = ("document", "opened_by")


@admin.register(models.Declaration)
class DeclarationAdmin(LookOnly):
    """Declarations with the columns of the list."""

    list_display = (
        "project_name", "year", "implementing_unit", "annual_total", "indicators", "doubts",
        "errors", "warnings", "revision_count",
    )  # fmt: skip
    list_filter = ("year", "project_category")
    search_fields = ("project_name", "implementing_unit")


@admin.register(models.Revision)
class RevisionAdmin(LookOnly):
    """Contents over time."""

    list_display = ("declaration", "number", "sha256", "made_by", "made_at")
    list_select_related = ("declaration", "made_by")
    search_fields = ("declaration__project_name", "sha256")


@admin.register(models.IndicatorRow)
class IndicatorRowAdmin(LookOnly):
    """Indicators of every revision."""

    list_display = ("level3", "target_raw", "level1", "level2", "kind", "revision")
    list_filter = ("level2", "kind")
    list_select_related = ("revision__declaration",)
    search_fields = ("level3",)


@admin.register(models.FindingRow)
class FindingRowAdmin(LookOnly):
    """Findings of every revision."""

    list_display = ("rule", "severity", "outcome", "field", "revision")
    list_filter = ("rule", "severity", "outcome")
    list_select_related = ("revision__declaration",)


@admin.register(models.Waiver)
class WaiverAdmin(LookOnly):
    """Findings that somebody lets stand."""

    list_display = ("declaration", "rule", "place", "until", "given_by", "ended_at")
    list_select_related = ("declaration", "given_by")


@admin.register(models.Override)
class OverrideAdmin(LookOnly):
    """Rules and numbers that an administrator set otherwise, on the rule's own page."""

    list_display = ("subject", "kind", "region", "value", "set_by", "set_at")
    list_select_related = ("set_by",)


@admin.register(models.LibraryEntry)
class LibraryEntryAdmin(LookOnly):
    """What the library learned."""

    list_display = ("name", "level2", "unit", "uses", "measurable_uses", "last_year")
    list_filter = ("level2",)
    search_fields = ("name",)


@admin.register(models.IndicatorSheet)
class IndicatorSheetAdmin(LookOnly):
    """How indicators are defined, in versions."""

    list_display = ("entry", "number", "made_by", "made_at")
    list_select_related = ("entry", "made_by")


@admin.register(models.Opinion)
class OpinionAdmin(LookOnly):
    """What reviewers said, and what was answered."""

    list_display = ("declaration", "place", "given_by", "given_at", "answered_at", "closed_at")
    list_select_related = ("declaration", "given_by")


@admin.register(models.Organisation)
class OrganisationAdmin(LookOnly):
    """The tree of places."""

    list_display = ("name", "kind", "code", "parent", "closed_on")
    list_filter = ("kind",)
    search_fields = ("name", "code")
    list_select_related = ("parent",)


@admin.register(models.Appointment)
class AppointmentAdmin(LookOnly):
    """Who has which role where, and when."""

    list_display = ("person", "role", "place", "since", "until", "ended_at")
    list_filter = ("role",)
    list_select_related = ("person", "place")


@admin.register(models.Window)
class WindowAdmin(LookOnly):
    """When stages are open."""

    list_display = ("year", "stage", "place", "opens_on", "closes_on", "set_by")
    list_select_related = ("place", "set_by")


@admin.register(models.ApprovalLetter)
class ApprovalLetterAdmin(LookOnly):
    """Letters of approval."""

    list_display = ("reference", "year", "place", "issued_by", "issued_at")
    list_select_related = ("place", "issued_by")


@admin.register(models.Event)
class EventAdmin(LookOnly):
    """The event log."""

    list_display = ("sequence", "at", "actor", "type", "hash")
    list_filter = ("type",)
    list_select_related = ("actor",)


class PeopleAdmin(ForTheSuperuser, _People):
    """Accounts: the one table that is changed here, and every change is an event."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("个人", {"fields": ("first_name", "email", "is_active")}),
        ("时间", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("username", "last_login", "date_joined")
    list_display = ("username", "first_name", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    filter_horizontal = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are opened on the pages of the organisation, where their role is given."""
        return False

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        """An account was changed; the event names the fields, never their content."""
        entries = message if isinstance(message, list) else []
        fields = [
            name for entry in entries for name in entry.get("changed", {}).get("fields", ())
        ]
        payload = {"username": obj.username, "fields": "、".join(map(str, fields))}
        with transaction.atomic():
            record_event(
                "account.changed",
                at=timezone.now(),
                actor=cast("User", request.user),
                payload=payload,
                rows=[User.objects.get(pk=obj.pk)],
            )
        return super().log_change(request, obj, message)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's own name
        form_url: str = "",
    ) -> HttpResponse:
        """A new password and its event, both or neither."""
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are deactivated, not deleted: the log goes on naming them."""
        return False


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, PeopleAdmin)
