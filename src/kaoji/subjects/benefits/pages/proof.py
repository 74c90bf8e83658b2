"""The proof of closed runs, taken away by an auditor: of one run, or of the months of a programme."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from typing import IO, cast

from django.contrib.auth.models import User
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kaoji.benefits.months import UnreadableMonth, read_month
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui.acting import refused
from kaoji.subjects.benefits.actions.take_proof import closed_between, take_proof
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.benefits.pages.access import run_of
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.workflow.roles import MAY_SEE_BENEFITS

_MOST_IN_MEMORY = 16_000_000


@require_POST
def of_run(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Of one run."""
    run = run_of(request, pk)
    taken = _taken(request, lambda: [run], f"{run.programme}-{run.written}")
    return taken or redirect("benefit-run", pk)


@require_POST
def of_months(request: HttpRequest, place: int, name: str) -> HttpResponseBase:
    """Of all runs of some months."""
    sees = places_of(cast("User", request.user), MAY_SEE_BENEFITS)
    office = get_object_or_404(sees, pk=place)
    if name not in flat_programmes():
        raise Http404

    def runs() -> list[Run]:
        try:
            first, last = (read_month(request.POST.get(key, "")) for key in ("from", "to"))
        except UnreadableMonth as refused:
            raise UnableToAct(refused.sentence) from refused
        return closed_between(office, name, first, last)

    return _taken(request, runs, name) or redirect("benefit-programme", place, name)


def _taken(
    request: HttpRequest, runs: Callable[[], Sequence[Run]], name: str
) -> HttpResponseBase | None:
    """The file; None where it was refused, and why is said."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY)  # noqa: SIM115 - the response closes it
    person = cast("User", request.user)
    try:
        take_proof(runs(), file, acting_user=person, now=timezone.now())
    except UnableToAct as refusal:
        file.close()
        refused(request, refusal)
        return None
    file.seek(0)
    day = timezone.localdate()
    return FileResponse(file, as_attachment=True, filename=f"ledger-{name}-{day}.zip")
