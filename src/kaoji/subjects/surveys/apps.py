"""Django's handle for surveys."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Its tables are called surveys_…"""

    name = "kaoji.subjects.surveys"
    label = "surveys"
    verbose_name = "问卷"
