"""Django's handle for events."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Its tables are called events_…"""

    name = "kaoji.platform.events"
    label = "events"
    verbose_name = "事件日志"
