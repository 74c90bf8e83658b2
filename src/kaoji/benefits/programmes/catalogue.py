"""Every programme, in reading order. To add one: its law, its rule, its cases, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kaoji.benefits.entitlement import Programme, Rule
from kaoji.benefits.law_reading import law_of
from kaoji.benefits.programmes.child_living import child_living
from kaoji.benefits.programmes.dibao import dibao
from kaoji.benefits.programmes.disability_living import disability_living
from kaoji.benefits.programmes.disability_nursing import disability_nursing
from kaoji.benefits.programmes.old_age_allowance import old_age_allowance
from kaoji.benefits.programmes.tekun import tekun

RULES: Mapping[str, Rule] = {
    "old_age_allowance": old_age_allowance,
    "child_living": child_living,
    "disability_living": disability_living,
    "disability_nursing": disability_nursing,
    "dibao": dibao,
    "tekun": tekun,
}


@cache
def programmes() -> Mapping[str, Programme]:
    """Every programme by its name. Raises UnusableLaw when a law file has a fault."""
    return {name: Programme(law_of(name), rule) for name, rule in RULES.items()}
