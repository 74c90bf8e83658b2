"""Addresses of what follows an approval."""

from django.urls import path

from kaoji.subjects.department_expenditure.pages import views as whole
from kaoji.subjects.evaluation.pages import views as evaluating
from kaoji.subjects.home.pages import hub
from kaoji.subjects.rectification.pages import views as rectifying

urlpatterns = [
    path("", hub.following, name="following"),
    path("rechecks/", hub.rechecks, name="rechecks"),
    path("rectifications/", rectifying.rectifications, name="rectifications"),
    path("rectifications/<int:pk>/", rectifying.rectification, name="rectification"),
    path(
        "rectifications/<int:pk>/file/<int:step>/",
        rectifying.step_file,
        name="rectification-file",
    ),
    path(
        "rectifications/of/<int:pk>/",
        rectifying.of_declaration,
        name="declaration-rectifications",
    ),
    path("evaluations/", evaluating.evaluations, name="evaluations"),
    path("evaluations/of/<int:pk>/", evaluating.of_declaration, name="declaration-evaluations"),
    path("evaluations/<int:pk>/", evaluating.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/report/", evaluating.report, name="report-evaluation"),
    path("evaluations/<int:pk>/reply/", evaluating.reply, name="reply-to-evaluation"),
    path(
        "evaluations/<int:pk>/reply/<int:number>/",
        evaluating.reply_file,
        name="reply-file",
    ),
    path(
        "evaluations/<int:pk>/report.<str:form>",
        evaluating.report_document,
        name="evaluation-report",
    ),
    path("whole/", whole.wholes, name="wholes"),
    path("whole/<int:pk>/<int:year>/", whole.whole, name="whole"),
    path("whole/<int:pk>/<int:year>/decide/", whole.decide, name="decide-whole"),
    path("whole/<int:pk>/<int:year>/evaluate/", whole.evaluate, name="evaluate-whole"),
    path(
        "whole/<int:pk>/<int:year>/disclosure.docx", whole.disclosure, name="whole-disclosure"
    ),
    path(
        "whole/<int:pk>/<int:year>/<int:number>.<str:form>",
        whole.plan_document,
        name="whole-document",
    ),
    path(
        "whole/<int:pk>/<int:year>/evaluation/<int:number>.<str:form>",
        whole.evaluation_document,
        name="whole-evaluation-document",
    ),
]
