"""Django's handle for declarations."""

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Its tables are called declarations_…"""

    name = "kaoji.subjects.declarations"
    label = "declarations"
    verbose_name = "申报表"
