"""The draft of a review ends when the review is filed, and stays when it was refused."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kaoji.platform.drafts.actions.keep_draft import keep_draft
from kaoji.platform.drafts.models import Draft
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.actions.import_document import import_document
from kaoji.subjects.review.actions.move_declaration import move_declaration
from support.people import NOON, person
from support.road_form import SOUND

pytestmark = pytest.mark.django_db


def test_an_opinion_that_was_given_leaves_no_draft_and_a_refused_one_does(filer: User):
    intake = import_document(SOUND.encode(), name="x.txt", acting_user=filer, now=NOON)
    [form] = confirm_intake(intake, form_numbers=[0], acting_user=filer, now=NOON)
    move_declaration(form, "submit", revision=1, acting_user=filer, now=NOON)
    reviewer, key = person("主管部门审核"), f"opinion:{form.pk}"
    keep_draft(key, [["text", "请写明"]], seen=0, acting_user=reviewer, now=NOON)
    client = Client()
    client.force_login(reviewer)
    page = client.get(f"/declarations/{form.pk}/").content.decode()
    assert f'name="draft" value="{key}"' in page

    client.post(f"/declarations/{form.pk}/opinions/", {"text": " ", "draft": key})
    assert Draft.objects.count() == 1
    client.post(f"/declarations/{form.pk}/opinions/", {"text": "请写明人数", "draft": key})

    assert not Draft.objects.exists()
