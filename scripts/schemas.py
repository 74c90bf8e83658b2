"""Write the JSON Schemas of what we write, or see whether they are up to date.

python scripts/schemas.py           write src/kaoji/documents/schemas/*.json
python scripts/schemas.py --check   exit 1 when one differs from what the code says
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kaoji.documents.contracts import schemas

FOLDER = Path(__file__).resolve().parent.parent / "src" / "kaoji" / "documents" / "schemas"


def main() -> None:
    """Write or check."""
    for name, schema in schemas().items():
        file = FOLDER / f"{name.replace('/', '-')}.json"
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        if "--check" not in sys.argv:
            FOLDER.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text("utf-8") != text:
            sys.exit(
                f"{file.name} is not what the code says: run scripts/schemas.py, and tell the change in CHANGELOG.md"
            )


if __name__ == "__main__":
    main()
