"""Addresses of the exchange tables."""

from django.urls import path

from kaoji.subjects.exchange.pages import views

urlpatterns = [
    path("", views.exchange, name="exchange"),
    path("tables.xlsx", views.tables, name="exchange-tables"),
]
