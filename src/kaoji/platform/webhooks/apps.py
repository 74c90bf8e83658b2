"""Django's handle for webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Its tables are called webhooks_…"""

    name = "kaoji.platform.webhooks"
    label = "webhooks"
    verbose_name = "推送"
    default_auto_field = "django.db.models.BigAutoField"
