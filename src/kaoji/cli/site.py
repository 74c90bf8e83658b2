"""Set Django up for the commands that need it."""

from __future__ import annotations

import os

from kaoji.records.home import prepare_home


def set_up() -> None:
    """Prepare the home folder and load the settings. Call before importing any model."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaoji.config.settings")
    prepare_home()
    import django

    django.setup()
