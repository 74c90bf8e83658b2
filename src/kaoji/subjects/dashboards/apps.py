"""Django's handle for dashboards."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Its tables are called dashboards_…"""

    name = "kaoji.subjects.dashboards"
    label = "dashboards"
    verbose_name = "图表"
