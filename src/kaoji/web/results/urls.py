"""Addresses of the results."""

from django.urls import path

from kaoji.web.results import views

urlpatterns = [
    path("<int:pk>/", views.results_page, name="results"),
    path("<int:pk>/actual/", views.actual, name="record-actual"),
    path("<int:pk>/spending/", views.spending, name="record-spending"),
    path("<int:pk>/file/", views.file_evaluation, name="file-evaluation"),
    path("<int:pk>/evidence/<int:actual>/", views.evidence, name="evidence"),
    path(
        "<int:pk>/evaluation/<int:number>.<str:form>", views.evaluation, name="self-evaluation"
    ),
]
