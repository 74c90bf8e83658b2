"""Addresses of spending."""

from django.urls import path

from kaoji.subjects.spending.pages import views

urlpatterns = [
    path("spendings/", views.import_page, name="import-spendings"),
]
