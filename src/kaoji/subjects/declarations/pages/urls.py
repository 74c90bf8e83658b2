"""Addresses where declarations are written."""

from django.urls import path

from kaoji.subjects.declarations.pages import comparing, editing, starting

urlpatterns = [
    path("new/", starting.start_page, name="start"),
    path("<int:pk>/edit/", editing.edit_page, name="edit"),
    path("<int:pk>/edit/check/", editing.check_typed, name="check-typed"),
    path("<int:pk>/compare/", comparing.compare_page, name="compare"),
]
