"""Addresses of the intake."""

from django.urls import path

from kaoji.subjects.intake.pages import views

urlpatterns = [
    path("", views.upload, name="upload"),
    path("<int:pk>/", views.overview, name="intake"),
    path("<int:pk>/forms/<int:number>/", views.form_page, name="intake-form"),
    path("<int:pk>/pages/<int:page>.png", views.page_picture, name="intake-page"),
    path("<int:pk>/forms/<int:number>/settle/", views.settle, name="settle"),
    path("<int:pk>/forms/<int:number>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/discard/", views.discard, name="discard"),
]
