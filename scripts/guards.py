#!/usr/bin/env python3
"""Write down which guards the migrations set, so that a database can tell when one is missing or hollow.

scripts/guards.py    after a migration that adds or changes a guard; tests say when it is due
"""

from __future__ import annotations

import os

NOWHERE = {
    "KAOJI_SECRET_KEY": "none",
    "KAOJI_SEALING_KEY": "none",
    "KAOJI_HOME": "/nonexistent",
}
os.environ.update(NOWHERE)


def main() -> None:
    """Migrate an empty database, and write its guards down."""
    import django
    from django.conf import settings

    django.setup()
    settings.DATABASES["default"]["NAME"] = ":memory:"
    from django.core.management import call_command
    from django.db import connection

    from kaoji.platform.events.guards import GUARDS, guards_in, written

    call_command("migrate", verbosity=0)
    GUARDS.write_text(written(guards_in(connection)), "utf-8")
    print(f"{len(guards_in(connection))} guards in {GUARDS.name}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaoji.config.settings")
    main()
