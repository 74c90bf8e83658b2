"""Django's handle for the exchange tables."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Has no tables; it tells what others keep in the words of another system."""

    name = "kaoji.subjects.exchange"
    label = "exchange"
    verbose_name = "一体化交换"
