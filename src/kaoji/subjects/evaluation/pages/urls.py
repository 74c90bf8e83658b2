"""Addresses of evaluations."""

from django.urls import path

from kaoji.subjects.evaluation.pages import feedback, third_party, views

urlpatterns = [
    path("evaluations/", views.evaluations, name="evaluations"),
    path("evaluations/agencies/", third_party.agencies, name="agencies"),
    path("evaluations/of/<int:pk>/", views.of_declaration, name="declaration-evaluations"),
    path("evaluations/<int:pk>/", views.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/report/", views.report, name="report-evaluation"),
    path("evaluations/<int:pk>/reply/", views.reply, name="reply-to-evaluation"),
    path(
        "evaluations/<int:pk>/reply/<int:number>/",
        views.reply_file,
        name="reply-file",
    ),
    path("evaluations/<int:pk>/agency/", feedback.assess, name="assess-agency"),
    path("evaluations/<int:pk>/feedback/", feedback.send, name="send-feedback"),
    path("evaluations/<int:pk>/feedback.docx", feedback.letter, name="feedback-letter"),
    path(
        "evaluations/<int:pk>/report.<str:form>",
        views.report_document,
        name="evaluation-report",
    ),
]
