"""Addresses of evidence."""

from django.urls import path

from kaoji.subjects.service_records.pages import views as services
from kaoji.subjects.spending.pages import views as spendings
from kaoji.subjects.surveys.pages import answer_sheets
from kaoji.subjects.surveys.pages import views as surveys

urlpatterns = [
    path("spendings/", spendings.import_page, name="import-spendings"),
    path("services/template.xlsx", services.template, name="service-template"),
    path("<int:pk>/services/", services.services, name="services"),
    path("<int:pk>/services/import/", services.import_sheet, name="import-services"),
    path("<int:pk>/services/<int:record>/", services.correct, name="correct-service"),
    path("<int:pk>/surveys/", surveys.surveys, name="surveys"),
    path("<int:pk>/surveys/<int:number>/", surveys.survey, name="survey"),
    path("<int:pk>/surveys/<int:number>/look/", surveys.look, name="look-at-answers"),
    path(
        "<int:pk>/surveys/<int:number>/import/",
        answer_sheets.import_sheet,
        name="import-answers",
    ),
    path(
        "<int:pk>/surveys/<int:number>/template.xlsx", surveys.template, name="answer-template"
    ),
    path("<int:pk>/surveys/<int:number>/codes.csv", surveys.codes, name="survey-codes"),
]
