"""Django's handle for spending."""

from django.apps import AppConfig


class SpendingConfig(AppConfig):
    """Its tables are called spending_…"""

    name = "kaoji.subjects.spending"
    label = "spending"
    verbose_name = "预算执行"
