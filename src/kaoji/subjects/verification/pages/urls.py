"""Address of the log."""

from django.urls import path

from kaoji.subjects.verification.pages import log

urlpatterns = [path("", log.log, name="log")]
