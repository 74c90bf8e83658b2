"""Addresses of surveys and their answers."""

from django.urls import path

from kaoji.subjects.surveys.pages import answer_sheets, views

urlpatterns = [
    path("<int:pk>/surveys/", views.surveys, name="surveys"),
    path("<int:pk>/surveys/<int:number>/", views.survey, name="survey"),
    path("<int:pk>/surveys/<int:number>/look/", views.look, name="look-at-answers"),
    path(
        "<int:pk>/surveys/<int:number>/import/",
        answer_sheets.import_sheet,
        name="import-answers",
    ),
    path("<int:pk>/surveys/<int:number>/template.xlsx", views.template, name="answer-template"),
    path("<int:pk>/surveys/<int:number>/codes.csv", views.codes, name="survey-codes"),
]
