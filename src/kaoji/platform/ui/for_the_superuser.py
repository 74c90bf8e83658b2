"""Who sees the pages of Django's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


class ForTheSuperuser:
    """Only who keeps the installation sees these pages."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Is it the superuser?"""
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_module_permission(request)
