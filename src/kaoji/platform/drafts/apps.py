"""Django's handle for drafts."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Its tables are called drafts_…"""

    name = "kaoji.platform.drafts"
    label = "drafts"
    verbose_name = "草稿"
