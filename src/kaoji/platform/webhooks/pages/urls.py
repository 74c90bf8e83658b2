"""Addresses of the webhooks."""

from django.urls import path

from kaoji.platform.webhooks.pages import views

urlpatterns = [
    path("", views.webhooks, name="webhooks"),
    path("<int:pk>/", views.webhook, name="webhook"),
    path("<int:pk>/test/", views.test, name="test-webhook"),
    path("<int:pk>/end/", views.end, name="end-webhook"),
    path("<int:pk>/deliveries/<int:delivery>/again/", views.again, name="send-again"),
]
