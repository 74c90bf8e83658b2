"""Addresses of what is due."""

from django.urls import path

from kaoji.subjects.home.pages import todo
from kaoji.subjects.windows.pages import views as windows

urlpatterns = [
    path("todo/", todo.todo, name="todo"),
    path("todo/seen/", todo.seen, name="notices-seen"),
    path("windows/", windows.windows, name="windows"),
    path("windows/<int:pk>/extend/", windows.extend, name="extend-window"),
]
