"""Addresses of the pictures."""

from django.urls import path

from kaoji.subjects.dashboards.pages import views

urlpatterns = [
    path("", views.figures, name="figures"),
    path("public/", views.public_figures, name="public-figures"),
    path("public/<slug:name>.csv", views.public_table, name="public-figure-table"),
    path("public/<slug:name>.svg", views.public_drawing, name="public-figure-drawing"),
    path("<slug:name>.csv", views.table, name="figure-table"),
    path("<slug:name>.svg", views.drawing, name="figure-drawing"),
]
