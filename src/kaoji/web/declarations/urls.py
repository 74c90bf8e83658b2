"""Addresses of the declarations."""

from django.urls import path

from kaoji.web.declarations import views

urlpatterns = [
    path("", views.declaration_list, name="declarations"),
    path("<int:pk>/", views.declaration_page, name="declaration"),
    path("<int:pk>/download.<str:form>", views.download, name="declaration-download"),
]
