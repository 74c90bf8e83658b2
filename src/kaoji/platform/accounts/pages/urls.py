"""Addresses of the account."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language
from mozilla_django_oidc import views as oidc

from kaoji.platform.accounts.pages import keys, security, signing_in

urlpatterns = [
    path("sign-in/", signing_in.SignInView.as_view(), name="sign-in"),
    path("sign-in/code/", signing_in.second_factor, name="second-factor"),
    path("sign-out/", signing_in.SignOutView.as_view(), name="sign-out"),
    path("security/", security.security, name="security"),
    path("security/password/", security.password, name="own-password"),
    path("security/off/", security.unsecure, name="unsecure"),
    path("security/sittings/end/", security.end_sittings, name="end-sittings"),
    path("keys/", keys.keys, name="keys"),
    path("keys/<int:pk>/end/", keys.end, name="end-key"),
    path("language/", login_not_required(set_language), name="set_language"),
]
if settings.SINGLE_SIGN_ON:
    urlpatterns += [
        path(
            "sso/",
            login_not_required(oidc.OIDCAuthenticationRequestView.as_view()),
            name="oidc_authentication_init",
        ),
        path(
            "sso/callback/",
            login_not_required(oidc.OIDCAuthenticationCallbackView.as_view()),
            name="oidc_authentication_callback",
        ),
    ]
