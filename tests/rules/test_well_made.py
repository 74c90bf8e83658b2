"""A form that an office would sign gets no remark, whatever its field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from accuracy.fields import LABELS, remarks_on

from kaoji.core import notation
from kaoji.core.declaration import Declaration


def well_made() -> Iterator[Declaration]:
    yield from notation.parse_all((LABELS / "wellmade_later.txt").read_text("utf-8"))


@pytest.mark.parametrize("form", list(well_made()), ids=lambda form: str(form.project_name))
def test_a_well_made_form_gets_no_remark(form: Declaration):
    said = [f"{item.rule.id} {item.field}: {item.message}" for item in remarks_on(form)]

    assert not said
