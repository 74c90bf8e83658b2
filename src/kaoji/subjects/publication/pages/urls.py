"""Addresses of the public side."""

from django.urls import path

from kaoji.subjects.publication.pages import views
from kaoji.subjects.publication.pages.feed import feed
from kaoji.subjects.publication.pages.whole import whole

urlpatterns = [
    path("", views.published_list, name="public"),
    path("feed.atom", feed, name="public-feed"),
    path("kaoji-public.zip", whole, name="public-whole"),
    path("<int:pk>/", views.published_page, name="public-declaration"),
    path("<int:pk>/download.<str:form>", views.published_download, name="public-download"),
]
