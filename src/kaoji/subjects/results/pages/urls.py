"""Addresses of one indicator and its evidence."""

from django.urls import path

from kaoji.subjects.results.pages import indicator

urlpatterns = [
    path("<int:pk>/indicator/<int:number>/", indicator.indicator, name="indicator"),
    path("<int:pk>/file/<str:sha256>/", indicator.evidence_file, name="evidence-file"),
]
