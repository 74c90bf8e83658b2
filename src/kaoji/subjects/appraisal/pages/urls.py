"""Addresses of the appraisal."""

from django.urls import path

from kaoji.subjects.appraisal.pages import views

urlpatterns = [
    path("appraisal/", views.appraisal, name="appraisal"),
    path("appraisal.<str:form>", views.export, name="export-appraisal"),
]
