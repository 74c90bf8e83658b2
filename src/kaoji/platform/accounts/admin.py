"""Accounts in Django's admin: for the superuser who keeps the installation.

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

from kaoji.platform.events.event_log import record_event
from kaoji.platform.ui.for_the_superuser import ForTheSuperuser

if TYPE_CHECKING:
    _People = UserAdmin[User]
else:
    _People = UserAdmin


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
