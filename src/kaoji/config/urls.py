"""Every address of the site, by subject."""

from django.contrib import admin
from django.urls import include, path

from kaoji.config.api import addresses
from kaoji.platform.accounts.pages.admin_door import admin_door
from kaoji.subjects.surveys.pages.answering import answer

admin.site.site_header = admin.site.site_title = "考绩 kaoji"

handler400 = "kaoji.platform.middleware.lost_way.unusable"
handler500 = "kaoji.platform.middleware.lost_way.broken"

urlpatterns = [
    path("", include("kaoji.subjects.home.pages.urls")),
    path("declarations/", include("kaoji.subjects.declarations.pages.urls")),
    path("declarations/", include("kaoji.subjects.review.pages.urls")),
    path("intake/", include("kaoji.subjects.intake.pages.urls")),
    path("uploads/", include("kaoji.platform.imports.pages.urls")),
    path("drafts/", include("kaoji.platform.drafts.pages.urls")),
    path("library/", include("kaoji.subjects.library.pages.urls")),
    path("public/", include("kaoji.subjects.publication.pages.urls")),
    path("letters/", include("kaoji.subjects.approval.pages.urls")),
    path("ex-ante/", include("kaoji.subjects.ex_ante.pages.urls")),
    path("windows/", include("kaoji.subjects.windows.pages.urls")),
    path("places/", include("kaoji.platform.accounts.pages.organisation_urls")),
    path("results/", include("kaoji.subjects.results.pages.urls")),
    path("results/", include("kaoji.subjects.self_evaluation.pages.urls")),
    path("results/", include("kaoji.subjects.spending.pages.urls")),
    path("results/", include("kaoji.subjects.service_records.pages.urls")),
    path("results/", include("kaoji.subjects.surveys.pages.urls")),
    path("benefits/", include("kaoji.subjects.benefits.pages.urls")),
    path("s/<str:token>/", answer, name="answer-survey"),
    path("monitoring/", include("kaoji.subjects.monitoring.pages.urls")),
    path("following/", include("kaoji.subjects.rectification.pages.urls")),
    path("following/", include("kaoji.subjects.evaluation.pages.urls")),
    path("following/", include("kaoji.subjects.department_expenditure.pages.urls")),
    path("following/", include("kaoji.subjects.department_reports.pages.urls")),
    path("following/", include("kaoji.subjects.appraisal.pages.urls")),
    path("figures/", include("kaoji.subjects.dashboards.pages.urls")),
    path("exchange/", include("kaoji.subjects.exchange.pages.urls")),
    path("rules/", include("kaoji.subjects.rulebook.pages.urls")),
    path("log/", include("kaoji.subjects.verification.pages.urls")),
    path("account/", include("kaoji.platform.accounts.pages.urls")),
    path("webhooks/", include("kaoji.platform.webhooks.pages.urls")),
    path("installation/", include("kaoji.platform.health.pages.urls")),
    path("api/1/", include((addresses(), "api"))),
    path("admin/login/", admin_door),
    path("admin/", admin.site.urls),
]
