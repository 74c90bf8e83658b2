"""Addresses of benefits."""

from django.urls import path

from kaoji.subjects.benefits.pages import (
    cashier,
    deciding,
    lists,
    overpaid,
    people,
    proof,
    views,
)

urlpatterns = [
    path("", views.overview, name="benefits"),
    path("<int:place>/<slug:name>/", views.programme, name="benefit-programme"),
    path("<int:place>/<slug:name>/list/", lists.hand_in, name="benefit-list"),
    path("<int:place>/<slug:name>/proof/", proof.of_months, name="benefit-proofs"),
    path("template/<slug:name>/<slug:kind>.xlsx", lists.template, name="benefit-template"),
    path("runs/<int:pk>/", views.run_page, name="benefit-run"),
    path("runs/<int:pk>/do/<slug:verb>/", views.do, name="benefit-do"),
    path("runs/<int:pk>/proof/", proof.of_run, name="benefit-proof"),
    path("runs/<int:pk>/doubts/", deciding.doubts, name="benefit-doubts"),
    path("runs/<int:pk>/accounts/", deciding.accounts, name="benefit-accounts"),
    path("runs/<int:pk>/approval/", deciding.approval, name="approve-benefits"),
    path("runs/<int:pk>/bank/", cashier.bank, name="benefit-bank"),
    path("runs/<int:pk>/bank/<int:file>/", cashier.take, name="benefit-file"),
    path("runs/<int:pk>/besides/<int:overpayment>/", overpaid.decide, name="benefit-besides"),
    path("runs/<int:pk>/regain/<int:overpayment>/", overpaid.regain, name="benefit-regain"),
    path("runs/<int:pk>/bank/<int:file>/refused/", cashier.refuse, name="refuse-file"),
    path("runs/<int:pk>/bank/<int:file>/confirmed/", cashier.confirm, name="confirm-refusal"),
    path("runs/<int:pk>/towns/<int:town>/", people.roster, name="benefit-roster"),
    path("items/<int:pk>/", people.item_page, name="benefit-item"),
    path("items/<int:pk>/see/", people.see, name="see-benefit"),
]
