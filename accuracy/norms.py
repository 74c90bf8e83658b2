"""What is usual under each measure, from the published forms that may be looked at.

    python -m accuracy.norms [--write] [--check]

Only percentages that are to be reached count, once a form and name; the middle nine tenths of them are the
norm (nearest rank). The sample is left out, whose low values its readers marked as low; so is the
untouched half, of which only totals may be seen.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from accuracy.fields import LABELS
from kaoji.core import notation
from kaoji.core.target import Op
from kaoji.library.norms import norm_of
from kaoji.rules.naming import own_name
from kaoji.standards.files import read_yaml
from kaoji.standards.norms import field_of, measure_of

PAGE = Path(__file__).resolve().parent.parent / "src" / "kaoji" / "standards" / "norms.yaml"
_CEILINGS = {Op.AT_MOST, Op.BELOW}


def written() -> str:
    """The file as it should be: its head as it is, the observed values anew."""
    head = PAGE.read_text("utf-8").split("observed:")[0]
    lines = [
        f"  - {{field: {field or 'null'}, measure: {measure}, count: {len(values)}, {_middle(measure, values)}}}"
        for (field, measure), values in sorted(_observed().items(), key=_order)
    ]
    return head + "observed:\n" + "\n".join(lines) + "\n"


def _order(entry: tuple[tuple[str | None, str], list[Decimal]]) -> tuple[int, int]:
    (field, measure), _ = entry
    fields = [None, *read_yaml("lexicons/fields.yaml")]
    return list(read_yaml("norms.yaml")["measures"]).index(measure), fields.index(field)


def _middle(measure: str, values: list[Decimal]) -> str:
    norm = norm_of(measure, [("%", value) for value in values])
    if norm is None:
        raise ValueError(measure)  # nobody asks for the middle of nothing
    return f"low: {norm.low:f}, middle: {norm.middle:f}, high: {norm.high:f}"


def _observed() -> dict[tuple[str | None, str], list[Decimal]]:
    found: defaultdict[tuple[str | None, str], list[Decimal]] = defaultdict(list)
    for form in notation.parse_all((LABELS / "fields_working.txt").read_text("utf-8")):
        field = field_of((form.project_name, form.department, form.implementing_unit))
        for row in form.indicators:
            measure = measure_of(own_name(row.level3))
            if measure and row.target.is_percentage and row.target.op not in _CEILINGS:
                value = row.target.value
                for key in {field, None} if value is not None else ():
                    found[key, measure].append(value or Decimal(0))
    return dict(found)


def main() -> int:
    """Do what the command line asks."""
    text = written()
    if "--write" in sys.argv:
        PAGE.write_text(text, "utf-8")
    elif "--check" in sys.argv and PAGE.read_text("utf-8") != text:
        print(f"{PAGE.name} is not what was observed; run python -m accuracy.norms --write")
        return 1
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
