"""The form to sign in with."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password, refused with one sentence that does not tell which was wrong."""

    error_messages = {  # noqa: RUF012 - as Django declares it
        "invalid_login": _("账号或密码不对；请核对后再试"),
        "inactive": _("该账号已停用；请联系管理员"),
    }
