"""What every test may ask for."""

from __future__ import annotations

import os

import pytest

# Before Django reads its settings: tests have a key of their own and no home folder.
os.environ.setdefault("KAOJI_SECRET_KEY", "tests-only")
os.environ.setdefault("KAOJI_KEEPS_SUMS", "0")
os.environ.setdefault("KAOJI_JOBS", "at-once")
os.environ.setdefault("KAOJI_SEALING_KEY", "tests-only")
os.environ.setdefault("KAOJI_PROOF_MINUTES", "0")
os.environ.setdefault("KAOJI_HOME", "/nonexistent/kaoji-tests")

from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.samples import SONGJIANG_2023
from queued import do_jobs  # noqa: F401 - a fixture for all


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> None:
    """Good password hashes are slow on purpose; hundreds of invented people need none."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _unspent_limits() -> None:
    """What one test used up is no matter of the next."""
    from django.conf import settings

    if settings.configured:
        from django.core.cache import cache

        from kaoji.web.limits import COUNTS

        cache.clear()
        COUNTS.clear()


@pytest.fixture(scope="session")
def songjiang() -> Reading:
    """The real document, read."""
    return read_document(SONGJIANG_2023.read_bytes(), name=SONGJIANG_2023.name)
