"""Addresses of files on their way in."""

from django.urls import path

from kaoji.platform.imports.pages import views

urlpatterns = [
    path("<int:pk>/", views.shown, name="upload-shown"),
    path("<int:pk>/give-up/", views.give_up, name="give-up-upload"),
]
