"""Passwords are checked as Django does; one that a newer hash should keep is kept with an event."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from kaoji.platform.accounts.actions.change_account import rehash_password


class PasswordBackend(ModelBackend):
    """Name and password; the account's hash is never changed past the log.

    Rights come from appointments alone (platform/organisation/reach.py): Django's own tables of them are not asked.
    """

    def has_perm(self, user_obj: object, perm: str, obj: object = None) -> bool:
        """Never from here."""
        return False

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """The person, or None. A name that there is not takes as long as a wrong password."""
        if username is None or password is None:
            return None
        person = User.objects.filter(username__iexact=username).order_by("pk").first()
        if person is None:
            make_password(password)
            return None
        if not check_password(password, person.password):
            return None
        if not self.user_can_authenticate(person):
            return None
        if identify_hasher(person.password).must_update(person.password):
            rehash_password(person, password, now=timezone.now())
        return person
