"""Addresses of rectifications."""

from django.urls import path

from kaoji.subjects.rectification.pages import views

urlpatterns = [
    path("rectifications/", views.rectifications, name="rectifications"),
    path("rectifications/<int:pk>/", views.rectification, name="rectification"),
    path(
        "rectifications/<int:pk>/file/<int:step>/",
        views.step_file,
        name="rectification-file",
    ),
    path(
        "rectifications/of/<int:pk>/",
        views.of_declaration,
        name="declaration-rectifications",
    ),
]
