"""Addresses of the list, of a form with all that is said of it, and of every step of its review."""

from django.urls import path

from kaoji.subjects.review.pages import (
    batching,
    exporting,
    list_and_page,
    receipt,
    review_sheet,
    verbs,
    waiving,
)

urlpatterns = [
    path("", list_and_page.declaration_list, name="declarations"),
    path("batch/", batching.batch, name="batch"),
    path("export.<str:form>", exporting.export, name="export-declarations"),
    path("<int:pk>/", list_and_page.declaration_page, name="declaration"),
    path("<int:pk>/download.<str:form>", list_and_page.download, name="declaration-download"),
    path("<int:pk>/review/", review_sheet.judge, name="judge"),
    path(
        "<int:pk>/review/<int:review>.docx",
        review_sheet.review_document,
        name="review-document",
    ),
    path("<int:pk>/move/<str:verb>/", verbs.move, name="move"),
    path("<int:pk>/receipts/<int:sequence>/", receipt.receipt, name="receipt"),
    path("<int:pk>/receipts/<int:sequence>/take-back/", receipt.take_back, name="take-back"),
    path("<int:pk>/opinions/", verbs.give, name="give-opinion"),
    path("<int:pk>/opinions/<int:opinion>/answer/", verbs.answer, name="answer-opinion"),
    path("<int:pk>/opinions/<int:opinion>/close/", verbs.close, name="close-opinion"),
    path("<int:pk>/waive/<int:finding>/", waiving.waive, name="waive"),
    path("<int:pk>/waivers/<int:waiver>/end/", waiving.end, name="end-waiver"),
]
