"""Django's handle for self evaluation."""

from django.apps import AppConfig


class SelfEvaluationConfig(AppConfig):
    """Its tables are called self_evaluation_…"""

    name = "kaoji.subjects.self_evaluation"
    label = "self_evaluation"
    verbose_name = "自评"
