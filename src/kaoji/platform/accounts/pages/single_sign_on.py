"""Single sign-on by OpenID Connect: the provider says who it is; accounts are ours.

A person signs in to the account whose name is the provider's claim (`preferred_username`
unless the settings name another). Nobody gets an account by this: an administrator opens it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend


class AccountByClaim(OIDCAuthenticationBackend):  # type: ignore[misc]
    """The account that a claim names; the token must be for us and by our provider."""

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """The payload of a token whose signature, nonce, audience and issuer are right."""
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if settings.SINGLE_SIGN_ON["OIDC_RP_CLIENT_ID"] not in audiences:
            raise SuspiciousOperation("the token is for another client")
        if payload.get("iss") != settings.SINGLE_SIGN_ON["OIDC_OP_ISSUER"]:
            raise SuspiciousOperation("the token is by another provider")
        return payload

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Is there a name to look for?"""
        return bool(claims.get(settings.SINGLE_SIGN_ON["OIDC_ACCOUNT_CLAIM"]))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[Any]:
        """The active account with that name."""
        name = claims.get(settings.SINGLE_SIGN_ON["OIDC_ACCOUNT_CLAIM"])
        found: QuerySet[Any] = self.UserModel.objects.filter(username=name, is_active=True)
        return found
