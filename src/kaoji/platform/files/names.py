"""How a file that comes from outside is called here."""

from __future__ import annotations

from pathlib import PurePath

from kaoji.core.width import without_unfit


def safe_name(name: str) -> str:
    """The name of a file without folders and without signs that cannot be kept."""
    plain, _ = without_unfit(PurePath(name.replace("\\", "/")).name)
    return plain[:255].strip() or "document"
