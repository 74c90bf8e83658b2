"""The rule book is open to everybody: it needs no account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from kaoji.core.finding import Severity
from kaoji.platform.rooms import brought
from kaoji.rules.accuracy import accuracies
from kaoji.rules.catalogue import CATALOGUE, FAMILIES, rule_named
from kaoji.rules.essay import examples_in, section_of, summary_of
from kaoji.rules.rule import Rule
from kaoji.standards.taxonomies import known_regions
from kaoji.standards.thresholds import NoThreshold, Threshold, threshold_in_force
from kaoji.subjects.rulebook.models import Override

# Chinese has no blank between words, so a line break in its text is no blank either.
_BREAK_IN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff“])")


@login_not_required
@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule by family."""
    fired = _times_fired()
    families = [
        (name, FAMILIES[name], [_entry(rule, fired) for rule in rules])
        for name, rules in groupby(CATALOGUE, key=lambda rule: rule.family)
    ]
    return render(
        request, "rulebook/pages/list.html", {"families": families, "count": len(CATALOGUE)}
    )


@login_not_required
@require_safe
def rule_page(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule, whole."""
    try:
        rule = rule_named(rule_id.upper())
    except KeyError as unknown:
        raise Http404 from unknown
    context = {
        **_entry(rule, _times_fired()),
        "summary": summary_of(rule.essay),
        "why": _section(rule, "Why" if _english() else "为什么"),
        "limits": _section(rule, "Not seen yet" if _english() else "尚未覆盖"),
        "examples": examples_in(rule.essay),
        "thresholds": list(_thresholds(rule)),
        "overrides": _overrides_of(rule),
        "regions": sorted(known_regions()),
        "severities": [severity.value for severity in Severity],
    }
    return render(request, "rulebook/pages/page.html", context)


def _entry(rule: Rule, fired: dict[str, int]) -> dict[str, Any]:
    return {"rule": rule, "fired": fired.get(rule.id, 0), "accuracy": accuracies()[rule.id]}


def _overrides_of(rule: Rule) -> list[Override]:
    """What an administrator set for the rule and for its thresholds."""
    subjects = [rule.id, *rule.thresholds]
    return list(Override.objects.filter(subject__in=subjects).select_related("set_by"))


def _times_fired() -> dict[str, int]:
    """How often each rule finds something, as a room above counts it; nothing where none does."""
    count = brought("beside", "BESIDE").get("times_fired")
    return count() if count is not None else {}


def _english() -> bool:
    return get_language() == "en"


def _section(rule: Rule, title: str) -> SafeString:
    """A section of the essay as HTML; the Markdown is our own and its HTML is escaped."""
    text = section_of(rule.essay, title)
    if not _english():
        text = _BREAK_IN_CHINESE.sub("", text)
    html: SafeString = mark_safe(MarkdownIt("js-default").render(text))  # noqa: S308
    return html


def _thresholds(rule: Rule) -> Iterator[Threshold]:
    for name in rule.thresholds:
        try:
            yield threshold_in_force(name, on=date.max, region=None)
        except NoThreshold:
            continue
