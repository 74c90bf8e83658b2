"""Django's handle for consequences."""

from django.apps import AppConfig


class ConsequencesConfig(AppConfig):
    """Has no tables; it reads what others keep."""

    name = "kaoji.subjects.consequences"
    label = "consequences"
    verbose_name = "结果应用"
