"""The address of the page about the installation."""

from django.urls import path

from kaoji.platform.health.pages.views import installation

urlpatterns = [path("", installation, name="installation")]
