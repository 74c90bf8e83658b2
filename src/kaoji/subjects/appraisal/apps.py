"""Django's handle for appraisal; it has no tables."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    """Its figures are counted from the rooms below."""

    name = "kaoji.subjects.appraisal"
    label = "appraisal"
    verbose_name = "绩效管理工作考核"
