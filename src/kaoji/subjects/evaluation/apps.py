"""Django's handle for evaluation."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Its tables are called evaluation_…"""

    name = "kaoji.subjects.evaluation"
    label = "evaluation"
    verbose_name = "财政评价"
