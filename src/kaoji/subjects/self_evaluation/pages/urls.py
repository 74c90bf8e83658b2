"""Addresses of what became of a promise, of its self-evaluation and its re-check."""

from django.urls import path

from kaoji.subjects.self_evaluation.pages import filing, rechecking, views

urlpatterns = [
    path("<int:pk>/", views.results_page, name="results"),
    path("<int:pk>/actual/", views.actual, name="record-actual"),
    path("<int:pk>/take/", views.take, name="take-actuals"),
    path("<int:pk>/spending/", views.spending, name="record-spending"),
    path("<int:pk>/file/", filing.file_evaluation, name="file-evaluation"),
    path("<int:pk>/receipt/<int:number>/", filing.receipt, name="evaluation-receipt"),
    path("<int:pk>/evidence/<int:actual>/", views.evidence, name="evidence"),
    path("<int:pk>/recheck/<int:number>/", rechecking.recheck_page, name="recheck"),
    path(
        "<int:pk>/evaluation/<int:number>.<str:form>", views.evaluation, name="self-evaluation"
    ),
]
