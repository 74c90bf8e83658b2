"""Addresses of what waits for a person, and of what follows an approval."""

from django.urls import path

from kaoji.subjects.home.pages import hub, schedule, todo

urlpatterns = [
    path("", todo.home, name="home"),
    path("todo/", todo.todo, name="todo"),
    path("todo/seen/", todo.seen, name="notices-seen"),
    path("schedule/", schedule.schedule, name="schedule"),
    path("following/", hub.following, name="following"),
    path("following/rechecks/", hub.rechecks, name="rechecks"),
]
