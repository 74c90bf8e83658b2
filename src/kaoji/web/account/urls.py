"""Addresses of the account."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from kaoji.web.account.forms import SignInForm

urlpatterns = [
    path(
        "sign-in/",
        auth.LoginView.as_view(
            template_name="account/sign_in.html",
            authentication_form=SignInForm,
            redirect_authenticated_user=True,
        ),
        name="sign-in",
    ),
    path("sign-out/", auth.LogoutView.as_view(), name="sign-out"),
    path("language/", login_not_required(set_language), name="set_language"),
]
