"""Django's handle for benefits."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """Its tables are called benefits_…"""

    name = "kaoji.subjects.benefits"
    label = "benefits"
    verbose_name = "资金发放"
