"""Django's handle for ex-ante evaluations."""

from django.apps import AppConfig


class ExAnteConfig(AppConfig):
    """Its tables are called ex_ante_…"""

    name = "kaoji.subjects.ex_ante"
    label = "ex_ante"
    verbose_name = "事前绩效评估"
