"""Addresses of the declarations."""

from django.urls import path

from kaoji.web.declarations import comparing, views, waiving

urlpatterns = [
    path("", views.declaration_list, name="declarations"),
    path("<int:pk>/", views.declaration_page, name="declaration"),
    path("<int:pk>/download.<str:form>", views.download, name="declaration-download"),
    path("<int:pk>/compare/", comparing.compare_page, name="compare"),
    path("<int:pk>/waive/<int:finding>/", waiving.waive, name="waive"),
    path("<int:pk>/waivers/<int:waiver>/end/", waiving.end, name="end-waiver"),
]
