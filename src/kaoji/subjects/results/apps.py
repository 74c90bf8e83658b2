"""Django's handle for results."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Its tables are called results_…"""

    name = "kaoji.subjects.results"
    label = "results"
    verbose_name = "完成情况"
