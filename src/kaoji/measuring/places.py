"""What each indicator of a form is known by, so that values find it again."""

from __future__ import annotations

from kaoji.core.declaration import Declaration as Form


def places_in(form: Form) -> list[str]:
    """What each indicator's actual values are known by: class and name, a number where it comes again."""
    seen: dict[str, int] = {}
    places = []
    for row in form.indicators:
        name = f"{row.level2 or ''} / {row.level3 or ''}"[:480]
        seen[name] = seen.get(name, 0) + 1
        places.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return places
