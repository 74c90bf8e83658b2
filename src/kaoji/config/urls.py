"""Every address of the site, by subject."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from kaoji.api.app import addresses
from kaoji.web.account.admin_door import admin_door
from kaoji.web.evidence.answering import answer

admin.site.site_header = admin.site.site_title = "考绩 kaoji"

handler400 = "kaoji.web.lost_way.unusable"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="todo"), name="home"),
    path("declarations/", include("kaoji.web.declarations.urls")),
    path("intake/", include("kaoji.web.intake.urls")),
    path("uploads/", include("kaoji.web.uploads.urls")),
    path("library/", include("kaoji.web.library.urls")),
    path("public/", include("kaoji.web.public.urls")),
    path("letters/", include("kaoji.web.approval.urls")),
    path("", include("kaoji.web.schedule.urls")),
    path("places/", include("kaoji.web.organisation.urls")),
    path("results/", include("kaoji.web.results.urls")),
    path("results/", include("kaoji.web.evidence.urls")),
    path("s/<str:token>/", answer, name="answer-survey"),
    path("monitoring/", include("kaoji.web.monitoring.urls")),
    path("following/", include("kaoji.web.following.urls")),
    path("figures/", include("kaoji.web.figures.urls")),
    path("rules/", include("kaoji.web.rulebook.urls")),
    path("account/", include("kaoji.web.account.urls")),
    path("api/1/", include((addresses(), "api"))),
    path("admin/login/", admin_door),
    path("admin/", admin.site.urls),
]
