"""Django's handle for the records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The records, called 档案 in the admin."""

    name = "kaoji.records"
    verbose_name = "档案"
