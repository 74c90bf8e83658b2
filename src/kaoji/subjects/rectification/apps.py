"""Django's handle for rectification."""

from django.apps import AppConfig


class RectificationConfig(AppConfig):
    """Its tables are called rectification_…"""

    name = "kaoji.subjects.rectification"
    label = "rectification"
    verbose_name = "整改"
