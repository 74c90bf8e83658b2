"""Addresses of the library."""

from django.urls import path

from kaoji.subjects.library.pages import views

urlpatterns = [
    path("", views.library, name="library"),
    path("suggest/", views.suggestions, name="library-suggest"),
    path("<int:pk>/", views.entry_page, name="library-entry"),
    path("<int:pk>/sheet/", views.write_sheet, name="library-sheet"),
]
