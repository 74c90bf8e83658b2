"""Addresses of what is due."""

from django.urls import path

from kaoji.web.schedule import todo, windows

urlpatterns = [
    path("todo/", todo.todo, name="todo"),
    path("todo/seen/", todo.seen, name="notices-seen"),
    path("windows/", windows.windows, name="windows"),
    path("windows/<int:pk>/extend/", windows.extend, name="extend-window"),
]
