"""Issue a 批复: one numbered letter to a department for promises that were approved."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.timezone import localdate

from kaoji.core.canonical import digest
from kaoji.core.speech import say
from kaoji.documents.render.letter import ApprovedLine, Letter, render_letter
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.platform.events.event_log import last_hash, record_event
from kaoji.platform.files.models import Document
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.approval.models import ApprovalLetter
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.review.models import ApprovedForm
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_ISSUE

_LONGEST_REFERENCE = 60


class UnableToIssue(UnableToAct):
    """Nothing was chosen, something has its letter already, or the number is taken."""


def waiting_for_a_letter(place: Organisation) -> list[ApprovedForm]:
    """What is in force below a department, or of the bureau's own, and has no letter yet."""
    found = ApprovedForm.objects.filter(
        letter__isnull=True, revision_number=F("declaration__approved_revision")
    )
    if place.kind == PlaceKind.BUREAU:
        found = found.filter(declaration__organisation=place)
    else:
        found = found.filter(declaration__organisation__path__startswith=str(place.path))
    return list(
        found.select_related("declaration__organisation").order_by(
            "declaration__organisation__path", "declaration__year", "id"
        )
    )


def issue_letter(
    place: Organisation,
    *,
    approvals: Collection[int],
    reference: str,
    acting_user: User,
    now: datetime,
) -> ApprovalLetter:
    """Write the letter for these approvals (keys) as a PDF, give it the year's next number, keep it.

    *reference* is the 文号; `{number}` in it is where the number goes. Raises UnableToIssue.
    """
    require(acting_user, MAY_ISSUE, place)
    year = localdate(now).year
    try:
        with transaction.atomic():
            # Letters are numbered one after another: they wait for each other here.
            bureau = Organisation.objects.select_for_update(no_key=True).get(
                pk=place.lineage[0]
            )
            chosen = [item for item in waiting_for_a_letter(place) if item.pk in set(approvals)]
            if not chosen or len(chosen) != len(set(approvals)):
                raise UnableToIssue(say("请选择已批复而尚未发文的表"))
            last = ApprovalLetter.objects.filter(bureau=bureau, year=year).aggregate(
                last=Max("number")
            )
            number = (last["last"] or 0) + 1
            named = " ".join(reference.split()).replace("{number}", str(number))
            if not named or len(named) > _LONGEST_REFERENCE:
                raise UnableToIssue(say("请写明文号（不超过 60 字）"))
            content = render_letter(_letter(place, named, chosen, now))
            document = Document.objects.create(
                name=f"{named}.pdf",
                sha256=digest(content),
                media_type="application/pdf",
                content=content,
                received_at=now,
                received_from=acting_user,
            )
            letter = ApprovalLetter.objects.create(
                year=year,
                number=number,
                bureau=bureau,
                reference=named,
                place=place,
                document=document,
                issued_at=now,
                issued_by=acting_user,
            )
            for item in chosen:
                item.letter = letter
                item.save(update_fields=["letter"])
            record_event(
                "letter.issued",
                at=now,
                actor=acting_user,
                payload={
                    "reference": named,
                    "sha256": document.sha256,
                    "count": len(chosen),
                    "organisation": place.pk,
                    "forms": [[item.declaration_id, item.revision_number] for item in chosen],
                },
                rows=[letter, *chosen],
            )
    except IntegrityError as taken:
        raise UnableToIssue(say("文号“{reference}”已被使用", reference=named)) from taken
    except UnableToWrite as refusal:
        raise UnableToIssue(refusal.sentence) from refusal
    return letter


def _letter(
    place: Organisation, reference: str, chosen: list[ApprovedForm], now: datetime
) -> Letter:
    head = Organisation.objects.get(pk=place.lineage[0])
    lines = []
    for item in chosen:
        revision = item.declaration.revisions.get(number=item.revision_number)
        lines.append(
            ApprovedLine(
                reading_of(revision),
                item.declaration.organisation.name,
                item.annual_total,
                item.replaced_total,
                item.reason,
                revision.sha256,
            )
        )
    return Letter(reference, head.name, place.name, localdate(now), tuple(lines), last_hash())
