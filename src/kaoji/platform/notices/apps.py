"""Django's handle for notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Its tables are called notices_…"""

    name = "kaoji.platform.notices"
    label = "notices"
    verbose_name = "通知"
