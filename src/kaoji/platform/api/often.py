"""How often whoever has no key may ask."""

from __future__ import annotations

from django.http import HttpRequest

from kaoji.platform.middleware.client_address import address_of
from kaoji.platform.middleware.limits import Limit


class AskedTooOften(Exception):
    """One address asked more than its share; *seconds* tells how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait for {seconds} seconds")


def spend(request: HttpRequest, *limits: Limit) -> None:
    """Count one question against each limit. Raises AskedTooOften."""
    seconds = max(limit.spend(address_of(request)) for limit in limits)
    if seconds:
        raise AskedTooOften(seconds)
