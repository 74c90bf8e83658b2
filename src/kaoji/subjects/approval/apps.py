"""Django's handle for approval."""

from django.apps import AppConfig


class ApprovalConfig(AppConfig):
    """Its tables are called approval_…"""

    name = "kaoji.subjects.approval"
    label = "approval"
    verbose_name = "批复"
