"""Addresses of monitoring."""

from django.urls import path

from kaoji.subjects.monitoring.pages import reporting, views

urlpatterns = [
    path("", views.periods, name="monitoring"),
    path("<int:pk>/", views.period, name="monitoring-period"),
    path("<int:pk>/<int:declaration>/", reporting.report, name="monitoring-report"),
    path("<int:pk>/<int:declaration>/review/", reporting.review, name="review-monitoring"),
    path("<int:pk>/<int:declaration>/demand/", reporting.demand, name="demand-rectification"),
    path(
        "<int:pk>/<int:declaration>/<int:number>.<str:form>",
        reporting.document,
        name="monitoring-document",
    ),
]
