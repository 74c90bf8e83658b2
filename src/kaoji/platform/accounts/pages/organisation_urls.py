"""Addresses of the organisation."""

from django.urls import path

from kaoji.platform.accounts.pages import organisation_views as views
from kaoji.platform.accounts.pages import rosters

urlpatterns = [
    path("", views.tree, name="places"),
    path("new/", views.register, name="register-place"),
    path("roster/", rosters.roster, name="roster"),
    path("roster/template.xlsx", rosters.template, name="roster-template"),
    path("<int:pk>/", views.place_page, name="place"),
    path("<int:pk>/change/", views.change, name="change-place"),
    path("<int:pk>/letterhead/", views.letterhead, name="letterhead"),
    path("<int:pk>/appoint/", views.appoint_person, name="appoint"),
    path("<int:pk>/appointments/<int:appointment>/account/", views.account, name="account"),
    path(
        "<int:pk>/appointments/<int:appointment>/unsecure/",
        views.unsecure,
        name="unsecure-person",
    ),
    path(
        "<int:pk>/appointments/<int:appointment>/keys/",
        views.end_keys,
        name="end-keys-of-person",
    ),
    path("<int:pk>/appointments/<int:appointment>/end/", views.end, name="end-appointment"),
]
