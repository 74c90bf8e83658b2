"""Write the description of the HTTP API, or see whether it is up to date: a changed contract is a decision.

python scripts/openapi.py           write docs/api/openapi.json
python scripts/openapi.py --check   exit 1 when it differs from what the code says
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docs" / "api" / "openapi.json"


def described() -> str:
    """The OpenAPI document as the site serves it, with sorted keys."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaoji.config.settings")
    os.environ.setdefault("KAOJI_SECRET_KEY", "only to describe the API")
    import django

    django.setup()
    from kaoji.config.api import api

    schema = api.get_openapi_schema(path_prefix="/api/1/")
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write or check."""
    text = described()
    if "--check" not in sys.argv:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != text:
        sys.exit(
            "docs/api/openapi.json is not what the API says: run scripts/openapi.py, and tell "
            "the change in CHANGELOG.md"
        )


if __name__ == "__main__":
    main()
