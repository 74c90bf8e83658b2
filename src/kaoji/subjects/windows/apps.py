"""Django's handle for windows."""

from django.apps import AppConfig


class WindowsConfig(AppConfig):
    """Its tables are called windows_…"""

    name = "kaoji.subjects.windows"
    label = "windows"
    verbose_name = "期限"
