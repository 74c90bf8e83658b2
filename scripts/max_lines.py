"""Files stay under 400 lines, lines of templates under 160 signs. The list of exceptions only shrinks; it is empty."""

from __future__ import annotations

import re
import sys
from pathlib import Path

LIMIT = 400
WIDEST = 160
# A sentence is the key of its translation and stays on one line; it counts as the tag it stands in.
_SENTENCES = re.compile(
    r"(?<=%\})(?!\{%).*?(?=\{% endblocktranslate %\})|(?<=\{% translate )(?:'[^']*'|\"[^\"]*\")"
)
ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS: dict[str, int] = {}


def main() -> int:
    """Name every file that is too long."""
    status = 0
    for folder in ("src", "tests", "scripts", "accuracy"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            lines = len(path.read_text("utf-8").splitlines())
            if "migrations" not in path.parts and lines > EXCEPTIONS.get(name, LIMIT):
                print(f"{name}: {lines} lines, more than {EXCEPTIONS.get(name, LIMIT)}")
                status = 1
    return max(status, *map(_wide_lines, sorted((ROOT / "src").rglob("*.html"))))


def _wide_lines(path: Path) -> int:
    status = 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if len(_SENTENCES.sub("", line)) > WIDEST:
            print(f"{path.relative_to(ROOT)}:{number}: more than {WIDEST} signs")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
