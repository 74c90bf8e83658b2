"""Django's handle for review."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Its tables are called review_…"""

    name = "kaoji.subjects.review"
    label = "review"
    verbose_name = "审核"
