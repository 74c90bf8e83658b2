"""Addresses of the whole expenditure of a department."""

from django.urls import path

from kaoji.subjects.department_expenditure.pages import views

urlpatterns = [
    path("whole/", views.wholes, name="wholes"),
    path("whole/<int:pk>/<int:year>/", views.whole, name="whole"),
    path("whole/<int:pk>/<int:year>/decide/", views.decide, name="decide-whole"),
    path("whole/<int:pk>/<int:year>/evaluate/", views.evaluate, name="evaluate-whole"),
    path(
        "whole/<int:pk>/<int:year>/disclosure.docx", views.disclosure, name="whole-disclosure"
    ),
    path(
        "whole/<int:pk>/<int:year>/<int:number>.<str:form>",
        views.plan_document,
        name="whole-document",
    ),
    path(
        "whole/<int:pk>/<int:year>/evaluation/<int:number>.<str:form>",
        views.evaluation_document,
        name="whole-evaluation-document",
    ),
]
