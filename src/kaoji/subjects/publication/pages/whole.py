"""All that is public as one download, made anew only when something public has changed.

The file stays in the home folder under the fingerprint of what it was made from. One process makes it at a time;
whoever asks meanwhile is told to come back, so that no crowd of strangers keeps the site from its work.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kaoji.core.output import written_whole
from kaoji.documents.data_package.descriptor import About
from kaoji.documents.data_package.writing import write_zip
from kaoji.platform.home_folder import home
from kaoji.platform.middleware.limits import PUBLIC_FILES, limited
from kaoji.platform.one_at_a_time import alone_at
from kaoji.subjects.publication.queries.open_data import (
    Entry,
    about,
    entries_of,
    fingerprint,
    promises,
)
from kaoji.subjects.publication.queries.published import published

_FOLDER = "public-data"
_NOT_NOW, _SECONDS = 503, 30


@login_not_required
@require_safe
@limited(PUBLIC_FILES)
def whole(request: HttpRequest) -> HttpResponseBase:
    """The package of what is public now; 304 for who has it already."""
    entries = entries_of(published().order_by("pk"))
    told = about(entries)
    seen = fingerprint(entries, told)
    unchanged = get_conditional_response(request, etag=f'"{seen}"')
    if unchanged is not None:
        return unchanged
    try:
        file = _kept(seen, entries, told)
    except BlockingIOError:
        return _later(request)
    name = f"kaoji-public-{localdate(told.created):%Y-%m-%d}.zip"
    response = FileResponse(
        file, as_attachment=True, filename=name, content_type="application/zip"
    )
    response["ETag"] = f'"{seen}"'
    return response


def _kept(seen: str, entries: Sequence[Entry], told: About) -> IO[bytes]:
    """The file as it was made before, or made now. Raises BlockingIOError while somebody else makes one."""
    folder = home() / _FOLDER
    file = folder / f"{seen}.zip"
    with suppress(FileNotFoundError):
        return file.open("rb")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with alone_at(folder / "making", waits=False):
            with written_whole(file) as stream:
                write_zip(stream, promises(entries), told)
            made = file.open("rb")
            _forget_others(folder, file)
            return made
    except BlockingIOError:
        raise
    except OSError:  # no home folder, or it may not be written: it is made for each who asks
        return _made_at_once(entries, told)


def _made_at_once(entries: Sequence[Entry], told: About) -> IO[bytes]:
    stream = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_zip(stream, promises(entries), told)
    stream.seek(0)
    return stream


def _forget_others(folder: Path, file: Path) -> None:
    """What was withdrawn since does not lie about; whoever is reading an older one reads it to its end."""
    for other in folder.glob("*.zip"):
        if other != file:
            other.unlink(missing_ok=True)


def _later(request: HttpRequest) -> HttpResponse:
    response = render(request, "publication/pages/making.html", status=_NOT_NOW)
    response["Retry-After"] = str(_SECONDS)
    return response
