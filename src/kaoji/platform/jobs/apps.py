"""The queue as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs and the processes that do them."""

    name = "kaoji.platform.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of jobs that ended."""
        from kaoji.platform.jobs import guard  # noqa: F401 - connects itself to the library's signal
