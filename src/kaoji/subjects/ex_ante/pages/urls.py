"""Addresses of ex-ante evaluations."""

from django.urls import path

from kaoji.subjects.ex_ante.pages import views

urlpatterns = [
    path("", views.all_evaluations, name="ex-ante"),
    path("new/", views.new, name="new-ex-ante"),
    path("<int:pk>/", views.evaluation, name="ex-ante-evaluation"),
    path("<int:pk>/paper.docx", views.paper, name="ex-ante-paper"),
    path("<int:pk>/attachment/", views.attachment, name="ex-ante-attachment"),
]
