"""Addresses of the pictures."""

from django.urls import path

from kaoji.subjects.dashboards.pages import views

urlpatterns = [
    path("", views.figures, name="figures"),
    path("public/", views.public_figures, name="public-figures"),
    path("public/<slug:name>.svg", views.public_drawing, name="public-figure-drawing"),
    path("public/<slug:name>.<str:form>", views.public_table, name="public-figure-table"),
    path("<slug:name>.svg", views.drawing, name="figure-drawing"),
    path("<slug:name>.<str:form>", views.table, name="figure-table"),
]
