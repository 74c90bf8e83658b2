"""Addresses of the rule book."""

from django.urls import path

from kaoji.subjects.rulebook.pages import overriding, views

urlpatterns = [
    path("", views.rule_list, name="rules"),
    path("<str:rule_id>/", views.rule_page, name="rule"),
    path("<str:rule_id>/override/", overriding.override, name="override-rule"),
    path("<str:rule_id>/restore/<int:pk>/", overriding.restore, name="restore-rule"),
]
