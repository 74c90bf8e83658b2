"""Django's settings. What differs between installations comes from the environment:

KAOJI_HOME        folder for the database and the secret key
KAOJI_SECRET_KEY  the secret key itself, instead of the one in the home folder
KAOJI_DATABASE_URL  postgresql://…; without it SQLite in the home folder
KAOJI_HOSTS       host names the site answers to, separated by commas
KAOJI_PREFIX      the path below which the site stands on its host, as /jixiao
KAOJI_TRUSTED_PROXIES  how many proxies of our own stand in front of the site
KAOJI_HTTPS       1 when the site is reached through https
KAOJI_DEBUG       1 for development
KAOJI_SITE        the site's own address, for links in e-mail
KAOJI_CONTACT     whom the foot of every page names for questions: section and telephone
KAOJI_PUBLIC_LICENCE  under what the public data may be used, e.g. CC-BY-4.0, and the address of its text
KAOJI_MAIL        smtp://user:password@host:port, or smtps:// for TLS; without it no e-mail
KAOJI_MAIL_FROM   whom e-mail comes from
KAOJI_LOG_KEEPERS addresses that the head of the log is mailed to, separated by commas
KAOJI_IDLE_MINUTES, KAOJI_SITTING_HOURS  when a sitting ends (60 minutes idle, 12 hours)
KAOJI_PROOF_MINUTES  for how long one proof of who one is holds for approvals (15)
KAOJI_SECOND_FACTOR_ROLES  roles that need a second factor, e.g. finance_performance,administrator
KAOJI_SEALING_KEY the key that seals secrets, instead of the one in the home folder
KAOJI_JOBS        at-once does jobs where they are asked for, instead of in `kaoji work`
KAOJI_LOG         json writes each line of the log as an object; without it as text
KAOJI_ACCESS_LOG  0 leaves out the line for each request
KAOJI_METRICS_TOKEN  what a monitor brings to /metrics; without it only this machine is answered
KAOJI_WEBHOOK_NETWORKS  networks of our own that webhooks may go to, as 10.3.0.0/16, separated by commas
KAOJI_OIDC        file that describes an OpenID Connect provider, for single sign-on
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from kaoji import __version__
from kaoji.config.mail import mail
from kaoji.config.single_sign_on import single_sign_on
from kaoji.config.variables import (
    among,
    choice,
    licence,
    listed,
    networks,
    path_prefix,
    switch,
    whole_number,
)
from kaoji.documents.read.text import MAX_BYTES
from kaoji.platform.databases import database
from kaoji.platform.home_folder import home, secret_key
from kaoji.workflow.roles import Role

SOURCE = Path(__file__).resolve().parent.parent
UI = SOURCE / "platform" / "ui"

DEBUG = switch("KAOJI_DEBUG")
HTTPS = switch("KAOJI_HTTPS")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = listed("KAOJI_HOSTS", "localhost,127.0.0.1,[::1]")
# How many proxies of our own stand in front (platform/middleware/client_address.py).
TRUSTED_PROXIES = whole_number("KAOJI_TRUSTED_PROXIES", 0, most=10)
# The site may be one of several on its host: addresses, cookies and static files are below this path.
PREFIX = path_prefix("KAOJI_PREFIX")
FORCE_SCRIPT_NAME = PREFIX or None
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{PREFIX}/"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]

INSTALLED_APPS = [
    "kaoji.platform.accounts",  # before Django's own accounts: our commands write events
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "kaoji.platform.jobs",
    "kaoji.platform.events",
    "kaoji.platform.files",
    "kaoji.platform.organisation",
    "kaoji.platform.notices",
    "kaoji.platform.drafts",
    "kaoji.platform.imports",
    "kaoji.platform.webhooks",
    "kaoji.subjects.library",
    "kaoji.subjects.rulebook",
    "kaoji.subjects.windows",
    "kaoji.subjects.ex_ante",
    "kaoji.subjects.declarations",
    "kaoji.subjects.intake",
    "kaoji.subjects.review",
    "kaoji.subjects.approval",
    "kaoji.subjects.results",
    "kaoji.subjects.self_evaluation",
    "kaoji.subjects.spending",
    "kaoji.subjects.service_records",
    "kaoji.subjects.surveys",
    "kaoji.subjects.benefits",
    "kaoji.subjects.monitoring",
    "kaoji.subjects.rectification",
    "kaoji.subjects.evaluation",
    "kaoji.subjects.department_expenditure",
    "kaoji.subjects.department_reports",
    "kaoji.subjects.appraisal",
    "kaoji.subjects.consequences",
    "kaoji.subjects.dashboards",
    "kaoji.subjects.exchange",
    "kaoji.subjects.publication",
    "kaoji.subjects.verification",
    "kaoji.platform.ui",
]
MIDDLEWARE = [
    "kaoji.platform.middleware.health.HealthMiddleware",
    "kaoji.platform.middleware.metrics.MetricsMiddleware",
    "kaoji.platform.middleware.client_address.ClientAddressMiddleware",
    "kaoji.platform.middleware.access_log.AccessLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kaoji.platform.static_files.StaticFilesMiddleware",
    "kaoji.platform.api.faults.FaultsMiddleware",
    "kaoji.platform.middleware.body_limit.BodyLimitMiddleware",
    "kaoji.platform.middleware.plain_text.PlainTextMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kaoji.platform.middleware.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kaoji.platform.accounts.pages.sittings.SittingsMiddleware",
    "kaoji.platform.middleware.private_answers.PrivateAnswersMiddleware",
    "kaoji.platform.middleware.lost_way.LostWayMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kaoji.platform.drafts.pages.keeping.FiledFormsEndDrafts",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "kaoji.config.urls"
WSGI_APPLICATION = "kaoji.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A page is named by its room: declarations/pages/list.html; the frame by its name alone.
        "DIRS": [UI, SOURCE / "subjects", SOURCE / "platform"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "kaoji.platform.ui.unindented.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kaoji.platform.accounts.pages.offers.offers",
                "kaoji.subjects.home.pages.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("KAOJI_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kaoji.platform.accounts.pages.passwords.PasswordBackend",
    "kaoji.platform.organisation.reach.ReachBackend",
]
# Who signs in elsewhere: KAOJI_OIDC is a file that describes the provider.
SINGLE_SIGN_ON = single_sign_on(os.environ.get("KAOJI_OIDC"), prefix=PREFIX)
globals().update(SINGLE_SIGN_ON)
if SINGLE_SIGN_ON:
    AUTHENTICATION_BACKENDS.append(
        "kaoji.platform.accounts.pages.single_sign_on.AccountByClaim"
    )
# A sitting ends after so long without a click, and after so long in any case.
SITTING_IDLE = timedelta(minutes=whole_number("KAOJI_IDLE_MINUTES", 60, least=1, most=1_440))
SITTING_LENGTH = timedelta(hours=whole_number("KAOJI_SITTING_HOURS", 12, least=1, most=720))
SESSION_COOKIE_AGE = int(SITTING_LENGTH.total_seconds())
# Who approves, publishes, issues a letter or opens a key proves anew who they are, when the last proof
# is older than this; 0 asks nobody.
PROOF_LASTS = timedelta(minutes=whole_number("KAOJI_PROOF_MINUTES", 15, most=720))
# Roles that may not go without a second factor, by their names in English, separated by commas.
SECOND_FACTOR_ROLES = among("KAOJI_SECOND_FACTOR_ROLES", [role.value for role in Role])
# Five wrong passwords for one account from one address close that door for a quarter of an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "kaoji.platform.middleware.client_address.address_of"
AXES_USERNAME_CALLABLE = "kaoji.platform.accounts.pages.locking.username_of"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "kaoji.platform.accounts.pages.locking.locked_out"
CSRF_FAILURE_VIEW = "kaoji.platform.middleware.lost_way.stale_form"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "todo"
LOGOUT_REDIRECT_URL = "sign-in"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
# What was collected, by version: an older version's names lead nowhere (platform/static_files.py).
STATIC_ROOT = home() / "static" / __version__
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kaoji.platform.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

# Everything comes from our own site; a script runs only with the page's nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

# A document may have thirty-two megabytes (documents/read/text.py); everything else is small.
# platform/middleware/body_limit.py refuses larger bodies before they are read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
# What the web server takes at most: a document, and the fields beside it.
LARGEST_BODY = MAX_BYTES + 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 4_000_000

# Jobs wait in a table for `kaoji work`; KAOJI_JOBS=at-once does them where they are asked for.
TASKS = {
    "default": {
        "BACKEND": choice(
            "KAOJI_JOBS",
            {
                "queue": "django_tasks_db.DatabaseBackend",
                "at-once": "django_tasks.backends.immediate.ImmediateBackend",
            },
        ),
        "QUEUES": ["default", "reading"],
    }
}

# Counts and sums over whole lists may be half a minute old; the rows never are.
KEEPS_SUMS = switch("KAOJI_KEEPS_SUMS", otherwise=True)

# Notices go out by e-mail where a server is named; on the site they are there in any case.
MAIL = mail(os.environ.get("KAOJI_MAIL"))
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL.tls, 10
EMAIL_SUBJECT_PREFIX = "[考绩] "
# Who keeps the head of the log (`kaoji manage tell_head`).
LOG_KEEPERS = listed("KAOJI_LOG_KEEPERS", "")
DEFAULT_FROM_EMAIL = os.environ.get("KAOJI_MAIL_FROM", "kaoji@localhost")
# Without the prefix: addresses bring it along.
SITE_ADDRESS = os.environ.get("KAOJI_SITE", "").rstrip("/").removesuffix(PREFIX)
# Whom the foot of every page names for questions, e.g. "绩效管理科 · 电话 021-…".
OFFICE_CONTACT = os.environ.get("KAOJI_CONTACT", "")
# What the package of public data says of its use.
PUBLIC_LICENCE = licence("KAOJI_PUBLIC_LICENCE")

# To the standard error, where systemd or a container takes it (platform/log_lines.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": choice(
                "KAOJI_LOG",
                {
                    "text": "kaoji.platform.log_lines.TextLines",
                    "json": "kaoji.platform.log_lines.JsonLines",
                },
            )
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "kaoji.access": {
            "level": "INFO" if switch("KAOJI_ACCESS_LOG", otherwise=True) else "WARNING"
        }
    },
}
# Who brings it to /metrics is answered from elsewhere too.
METRICS_TOKEN = os.environ.get("KAOJI_METRICS_TOKEN", "")
# Where webhooks may go beside the open internet (platform/guarded_post.py).
WEBHOOK_NETWORKS = networks("KAOJI_WEBHOOK_NETWORKS")
