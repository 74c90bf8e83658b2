"""Django's handle for rulebook."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Its tables are called rulebook_…"""

    name = "kaoji.subjects.rulebook"
    label = "rulebook"
    verbose_name = "规则"
