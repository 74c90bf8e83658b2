"""Templates are indented for those who read them; what goes out is not, and what people wrote stays as it is."""

from __future__ import annotations

import re

import pytest
from django.template import engines
from django.test import Client


@pytest.mark.django_db
def test_pages_go_out_without_the_indentation_of_their_templates():
    page = Client().get("/account/sign-in/").content.decode()

    assert re.findall(r"^[ \t]+<.*$", page, re.MULTILINE) == []


def test_blanks_that_people_wrote_stay():
    line = engines["django"].from_string("<textarea>\n{{ text }}</textarea>")

    assert line.render({"text": "一\n  二"}) == "<textarea>\n一\n  二</textarea>"
