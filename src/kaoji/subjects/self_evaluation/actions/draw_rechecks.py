"""Draw the self-evaluations that are looked at again, by a seed that is kept: anybody draws the same."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.measuring.sampling import draw
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.self_evaluation.models import RecheckSample, SelfEvaluation
from kaoji.workflow.roles import MAY_FOLLOW


def draw_rechecks(
    place: Organisation,
    *,
    year: int,
    size: int,
    seed: str = "",
    acting_user: User,
    now: datetime,
) -> RecheckSample:
    """Draw *size* promises of the place and all below whose self-evaluation is filed. Raises UnableToAct."""
    require(acting_user, MAY_FOLLOW, place)
    with transaction.atomic():
        filed = SelfEvaluation.objects.filter(
            declaration__year=year, declaration__organisation__path__startswith=str(place.path)
        )
        pool = sorted(set(filed.values_list("declaration", flat=True)))
        earlier = RecheckSample.objects.filter(place=place, year=year).first()
        if earlier is not None:
            raise UnableToAct(
                say(
                    "{year} 年已于 {day} 抽过，种子 {seed}；一年只抽一次，免得挑样本",
                    year=year,
                    day=localdate(earlier.drawn_at),
                    seed=earlier.seed,
                )
            )
        if not 1 <= size <= len(pool):
            raise UnableToAct(
                say(
                    "{year} 年报送了自评的有 {count} 个项目，抽 {size} 个不行；请写 1 到 {count}",
                    year=year,
                    count=len(pool),
                    size=size,
                )
                if pool
                else say("{year} 年还没有报送的自评", year=year)
            )
        seed = seed.strip() or secrets.token_hex(8)
        sample = RecheckSample.objects.create(
            year=year,
            place=place,
            seed=seed[:64],
            pool=pool,
            chosen=draw(seed[:64], pool, size),
            drawn_at=now,
            drawn_by=acting_user,
        )
        record_event(
            "recheck.drawn",
            at=now,
            actor=acting_user,
            payload={
                "sample": sample.pk,
                "year": year,
                "organisation": place.pk,
                "count": size,
                "seed": sample.seed,
            },
            rows=[sample],
        )
    return sample
