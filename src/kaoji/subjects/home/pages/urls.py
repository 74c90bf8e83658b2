"""Addresses of what waits for a person, and of what follows an approval."""

from django.urls import path

from kaoji.subjects.home.pages import hub

urlpatterns = [
    path("", hub.following, name="following"),
    path("rechecks/", hub.rechecks, name="rechecks"),
]
