"""Addresses of drafts."""

from django.urls import path

from kaoji.platform.drafts.pages import keeping

urlpatterns = [
    path("", keeping.draft, name="draft"),
    path("drop/", keeping.drop, name="drop-draft"),
]
