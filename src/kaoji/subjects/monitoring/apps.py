"""Django's handle for monitoring."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Its tables are called monitoring_…"""

    name = "kaoji.subjects.monitoring"
    label = "monitoring"
    verbose_name = "运行监控"
