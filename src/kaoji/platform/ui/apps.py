"""Django's handle for the site."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "kaoji.platform.ui"
