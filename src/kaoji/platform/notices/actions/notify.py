"""Tell people on the site, and by e-mail where it is set up, that something waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mass_mail
from django.db.models import Q
from django.utils.timezone import localdate
from django_tasks import task

from kaoji.core.speech import Sentence, kept
from kaoji.platform.notices.models import Notice
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import appointments_in_force
from kaoji.standards.languages import speaker
from kaoji.workflow.roles import RIGHTS


def people_at(
    place: Organisation, rights: Iterable[str], *, now: datetime, below: bool = False
) -> set[User]:
    """Who holds one of these rights in a place today, or, with *below*, somewhere under it."""
    wanted = set(rights)
    roles = [role for role, held in RIGHTS.items() if held & wanted]
    if not roles:
        return set()
    there = Q(place__in=place.lineage)
    if below:
        there |= Q(place__path__startswith=str(place.path))
    standing = appointments_in_force(localdate(now)).filter(there, role__in=roles)
    return {item.person for item in standing.select_related("person") if item.person.is_active}


def tell(
    people: Iterable[User],
    sentence: Sentence,
    *,
    declaration: Any,
    now: datetime,
) -> None:
    """Leave a notice for each person, with the declaration that it is about, if it is about one.

    Where mail is set up a job sends it, queued in the same transaction.
    """
    people = list(people)
    Notice.objects.bulk_create(
        Notice(person=person, declaration=declaration, sentence=kept(sentence), made_at=now)
        for person in people
    )
    addresses = [person.email for person in people if person.email]
    if addresses and settings.EMAIL_HOST:
        send.enqueue(speaker("zh")(sentence), addresses)


@task
def send(text: str, addresses: list[str]) -> None:
    """A failure leaves the job to be tried again: it may reach somebody twice, and leaves out nobody."""
    send_mails(text, addresses)


def send_mails(text: str, addresses: list[str]) -> None:
    """One message to each address, over one connection. Raises OSError, SMTPException."""
    subject = " ".join((settings.EMAIL_SUBJECT_PREFIX + text).split())[:100]
    address = f"{settings.SITE_ADDRESS}{settings.PREFIX}" if settings.SITE_ADDRESS else ""
    body = f"{text}\n\n{address}"
    send_mass_mail([(subject, body, None, [address]) for address in addresses])
