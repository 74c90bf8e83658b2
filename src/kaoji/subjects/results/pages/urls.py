"""Addresses of the results."""

from django.urls import path

from kaoji.subjects.results.pages import indicator, views
from kaoji.subjects.self_evaluation.pages import rechecking

urlpatterns = [
    path("<int:pk>/", views.results_page, name="results"),
    path("<int:pk>/actual/", views.actual, name="record-actual"),
    path("<int:pk>/take/", views.take, name="take-actuals"),
    path("<int:pk>/spending/", views.spending, name="record-spending"),
    path("<int:pk>/file/", views.file_evaluation, name="file-evaluation"),
    path("<int:pk>/indicator/<int:number>/", indicator.indicator, name="indicator"),
    path("<int:pk>/file/<str:sha256>/", indicator.evidence_file, name="evidence-file"),
    path("<int:pk>/evidence/<int:actual>/", views.evidence, name="evidence"),
    path("<int:pk>/recheck/<int:number>/", rechecking.recheck_page, name="recheck"),
    path(
        "<int:pk>/evaluation/<int:number>.<str:form>", views.evaluation, name="self-evaluation"
    ),
]
