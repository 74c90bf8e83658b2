"""Django's handle for what everybody may see."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Has no tables; it shows what others keep, and has a command."""

    name = "kaoji.subjects.publication"
    label = "publication"
    verbose_name = "公开"
