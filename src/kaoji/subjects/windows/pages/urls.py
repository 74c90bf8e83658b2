"""Addresses of the windows of a year."""

from django.urls import path

from kaoji.subjects.windows.pages import views

urlpatterns = [
    path("", views.windows, name="windows"),
    path("<int:pk>/extend/", views.extend, name="extend-window"),
]
