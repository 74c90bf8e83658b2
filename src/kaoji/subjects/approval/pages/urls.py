"""Addresses of the letters of approval."""

from django.urls import path

from kaoji.subjects.approval.pages import views

urlpatterns = [
    path("", views.letters, name="letters"),
    path("new/<int:place>/", views.issue, name="issue-letter"),
    path("<int:pk>.pdf", views.pdf, name="letter-pdf"),
]
