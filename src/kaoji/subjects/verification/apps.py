"""Django's handle for the verification of the log."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Has no tables; it looks at everybody's."""

    name = "kaoji.subjects.verification"
    label = "verification"
    verbose_name = "核验"
