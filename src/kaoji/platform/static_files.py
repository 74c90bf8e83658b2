"""Pictures, styles and scripts under names that change with their content, compressed beforehand.

`kaoji serve` collects them when it starts, into a folder of this version; another server does after
`kaoji manage collectstatic`. Without that they are served as they lie in the package, under plain names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from kaoji.core.canonical import digest
from kaoji.platform.one_at_a_time import alone_at

# What was collected, told by names, sizes and times: collecting takes seconds, comparing none.
_STAMP = "collected-from"


def collect_static_files() -> None:
    """Collect them, unless they are there as they lie in the packages. Raises OSError."""
    folder = Path(settings.STATIC_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    stamp, wanted = folder / _STAMP, _fingerprint()
    with alone_at(folder.parent / "collecting"):
        if not stamp.is_file() or stamp.read_text("ascii") != wanted:
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(wanted, "ascii")


def _fingerprint() -> str:
    found = []
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            found.append(f"{name} {state.st_size} {state.st_mtime_ns}")
    return digest("\n".join(sorted(found)).encode())


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Knows by its manifest how each file is called now; a file that it does not know keeps its name."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The name with the hash of its content, where the file was collected."""
        if self.hash_key(self.clean_name(name)) not in self.hashed_files:
            return name
        return str(super().stored_name(name))


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise's, which says nothing where nothing was collected."""

    def add_files(self, root: str, prefix: str | None = None) -> Any:
        """Serve what lies there, if there is such a folder."""
        if Path(root).is_dir():
            super().add_files(root, prefix)
