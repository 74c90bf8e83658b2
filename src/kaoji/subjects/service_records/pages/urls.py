"""Addresses of service records."""

from django.urls import path

from kaoji.subjects.service_records.pages import views

urlpatterns = [
    path("services/template.xlsx", views.template, name="service-template"),
    path("<int:pk>/services/", views.services, name="services"),
    path("<int:pk>/services/import/", views.import_sheet, name="import-services"),
    path("<int:pk>/services/<int:record>/", views.correct, name="correct-service"),
]
