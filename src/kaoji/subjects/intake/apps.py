"""Django's handle for intake."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Its tables are called intake_…"""

    name = "kaoji.subjects.intake"
    label = "intake"
    verbose_name = "读入"
