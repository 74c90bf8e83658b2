"""Addresses of the rule book."""

from django.urls import path

from kaoji.web.rulebook import views

urlpatterns = [
    path("", views.rule_list, name="rules"),
    path("<str:rule_id>/", views.rule_page, name="rule"),
]
