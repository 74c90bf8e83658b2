"""Which names mean the same: normalised, without orders and values, synonyms made one.

>>> key_of("提升居民满意率") == key_of("居民满意度")
True
>>> key_of("社会救助资金发放及时率")
'社会救助资金发放及时率'
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from kaoji.core.remembering import kept_for_names
from kaoji.rules.naming import bare_name, contrast, in_usual_words
from kaoji.standards.lexicons import words

_NUMBERS = re.compile(
    r"(?:达到?|不低于|不少于|超过)?\d+(?:\.\d+)?(?:%|个|次|场|人|户|家|期)?(?:以上|以下)?"
)
_ALIKE = 0.9
# Longer names are no names; comparing them letter by letter would take long.
_LONGEST_COMPARED = 120


@kept_for_names
def key_of(name: str) -> str:
    """The name as it is compared; the bare name where nothing else would be left."""
    bare = bare_name(name)
    key = _NUMBERS.sub("", bare)
    for verb in sorted(words("names", "resolve_verbs"), key=len, reverse=True):
        rest = key.removeprefix(verb)
        if rest != key and rest.endswith(words("names", "measure_endings")):
            key = rest
            break
    return in_usual_words(key) or bare


def pairs_of_name(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters by which a name is found."""
    key = key_of(name)
    return frozenset(key[place : place + 2] for place in range(len(key) - 1)) or frozenset(
        [key] if key else []
    )


def same_meaning(left: str, right: str) -> bool:
    """Do two keys differ by hardly a letter? 参训人员出勤率 and 参训人员的出勤率 do not differ."""
    if left == right:
        return True
    if max(len(left), len(right)) > _LONGEST_COMPARED:
        return False
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    near = matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
    return near and not contrast(left, right)
