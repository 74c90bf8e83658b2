"""Django's handle for accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its tables are called accounts_…"""

    name = "kaoji.platform.accounts"
    label = "accounts"
    verbose_name = "账号"
