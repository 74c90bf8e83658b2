"""Addresses of the public side."""

from django.urls import path

from kaoji.subjects.publication.pages import views

urlpatterns = [
    path("", views.published_list, name="public"),
    path("<int:pk>/", views.published_page, name="public-declaration"),
    path("<int:pk>/download.<str:form>", views.published_download, name="public-download"),
]
