"""Django's handle for service records."""

from django.apps import AppConfig


class ServiceRecordsConfig(AppConfig):
    """Its tables are called service_records_…"""

    name = "kaoji.subjects.service_records"
    label = "service_records"
    verbose_name = "服务记录"
