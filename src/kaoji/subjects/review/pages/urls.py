"""Addresses of the list, of a form with all that is said of it, and of every step of its review."""

from django.urls import path

from kaoji.subjects.review.pages import (
    batching,
    exporting,
    judging,
    receipt,
    reviewing,
    views,
    waiving,
)

urlpatterns = [
    path("", views.declaration_list, name="declarations"),
    path("batch/", batching.batch, name="batch"),
    path("export.<str:form>", exporting.export, name="export-declarations"),
    path("<int:pk>/", views.declaration_page, name="declaration"),
    path("<int:pk>/download.<str:form>", views.download, name="declaration-download"),
    path("<int:pk>/review/", judging.judge, name="judge"),
    path("<int:pk>/review/<int:review>.docx", judging.review_document, name="review-document"),
    path("<int:pk>/move/<str:verb>/", reviewing.move, name="move"),
    path("<int:pk>/receipts/<int:sequence>/", receipt.receipt, name="receipt"),
    path("<int:pk>/receipts/<int:sequence>/take-back/", receipt.take_back, name="take-back"),
    path("<int:pk>/opinions/", reviewing.give, name="give-opinion"),
    path("<int:pk>/opinions/<int:opinion>/answer/", reviewing.answer, name="answer-opinion"),
    path("<int:pk>/opinions/<int:opinion>/close/", reviewing.close, name="close-opinion"),
    path("<int:pk>/waive/<int:finding>/", waiving.waive, name="waive"),
    path("<int:pk>/waivers/<int:waiver>/end/", waiving.end, name="end-waiver"),
]
