"""Set a rule or a threshold otherwise, everywhere or for a region; take it back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.finding import Severity
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.rules.catalogue import CATALOGUE
from kaoji.standards.taxonomies import known_regions
from kaoji.standards.thresholds import threshold_names
from kaoji.subjects.rulebook.models import Override
from kaoji.workflow.roles import MAY_OVERRIDE

_MOST = Decimal(10) ** 15
_RULES = frozenset(rule.id for rule in CATALOGUE)


class UnableToOverride(UnableToAct):
    """There is no such rule or threshold, or the value does not fit it."""


def override_rule(
    *,
    kind: str,
    subject: str,
    region: str,
    value: str,
    reason: str,
    acting_user: User,
    now: datetime,
) -> Override:
    """Set a rule's severity, switch a rule off, or set a threshold; a second time replaces it.

    *region* is blank for everywhere. Raises UnableToOverride.
    """
    require(acting_user, MAY_OVERRIDE)
    value = _fitting(kind, subject, value)
    if region and region not in known_regions():
        raise UnableToOverride(say("没有“{region}”这个地区", region=region))
    if not reason.strip():
        raise UnableToOverride(say("请写明改写的理由"))
    with transaction.atomic():
        override, _ = Override.objects.update_or_create(
            kind=kind,
            subject=subject,
            region=region,
            defaults={
                "value": value,
                "reason": reason.strip(),
                "set_at": now,
                "set_by": acting_user,
            },
        )
        record_event(
            "rule.overridden",
            at=now,
            actor=acting_user,
            payload={
                "kind": kind,
                "subject": subject,
                "region": region,
                "value": value,
                "reason": override.reason,
            },
            rows=[override],
        )
    return override


def restore_rule(override: Override, *, acting_user: User, now: datetime) -> None:
    """Let the rule or threshold be again as it is written."""
    require(acting_user, MAY_OVERRIDE)
    with transaction.atomic():
        held = Override.objects.select_for_update().get(pk=override.pk)
        record_event(
            "rule.restored",
            at=now,
            actor=acting_user,
            payload={"kind": held.kind, "subject": held.subject, "region": held.region},
            gone=[held],
        )
        held.delete()


def _fitting(kind: str, subject: str, value: str) -> str:
    """The value as it is kept; refused when it fits neither the kind nor the subject."""
    known = threshold_names() if kind == Override.Kind.THRESHOLD else _RULES
    if kind not in Override.Kind.values or subject not in known:
        raise UnableToOverride(say("没有“{subject}”这条规则或数值", subject=subject))
    if kind == Override.Kind.OFF:
        return ""
    try:
        if kind == Override.Kind.SEVERITY:
            return Severity(value).value
        number = Decimal(value.strip())
    except (InvalidOperation, ValueError) as error:
        raise UnableToOverride(
            say("“{value}”不适合 {subject}", value=value, subject=subject)
        ) from error
    if not number.is_finite() or abs(number) >= _MOST:
        raise UnableToOverride(say("“{value}”不适合 {subject}", value=value, subject=subject))
    return f"{number:f}"
