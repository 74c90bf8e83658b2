"""Templates are indented for those who read them; what goes out is not, and what people wrote stays as it is."""

from __future__ import annotations

import re

import pytest
from django.template import Context, engines
from django.test import Client

from kaoji.platform.ui.unindented import Loader


@pytest.mark.django_db
def test_pages_go_out_without_the_indentation_of_their_templates():
    page = Client().get("/account/sign-in/").content.decode()

    assert re.findall(r"^[ \t]+<.*$", page, re.MULTILINE) == []


def test_a_long_cell_takes_no_longer_than_it_is_long(tmp_path):
    tags = "".join(f' data-{n}="{{{{ n }}}}"{{% if n %}} x{{% endif %}}' for n in range(40))
    (tmp_path / "a.html").write_text(f"<td{tags}\n")

    assert Loader(engines["django"].engine, [tmp_path]).get_template("a.html")


def test_blanks_that_people_wrote_stay():
    line = engines["django"].from_string("<textarea>\n{{ text }}</textarea>")

    assert line.render({"text": "一\n  二"}) == "<textarea>\n一\n  二</textarea>"


def test_a_cell_in_which_nothing_stands_is_empty(tmp_path):
    (tmp_path / "a.html").write_text(
        '<td{% if a > 1 %} class="x"{% endif %}\n  data-label="人数 > 0">\n  {{ people }}\n</td>'
    )
    engine = engines["django"].engine

    shown = Loader(engine, [tmp_path]).get_template("a.html").render(Context())

    assert shown == '<td\ndata-label="人数 > 0"></td>'
