"""Addresses of departments' reports."""

from django.urls import path

from kaoji.subjects.department_reports.pages import congress, views

urlpatterns = [
    path("reports/", views.reports, name="department-reports"),
    path(
        "reports/<int:pk>/monitoring/<int:period>/", views.monitoring, name="report-monitoring"
    ),
    path(
        "reports/<int:pk>/self-evaluations/<int:year>/",
        views.self_evaluations,
        name="report-self-evaluations",
    ),
    path(
        "reports/<int:pk>/congress/<int:year>/<str:occasion>.zip",
        congress.congress_package,
        name="congress-package",
    ),
    path("reports/filed/<int:pk>.docx", views.paper, name="department-report-paper"),
]
