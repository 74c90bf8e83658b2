"""Every table is vouched for by events, or said here to be no matter of record and why."""

from __future__ import annotations

from django.apps import apps

from kaoji.records.vouching import VOUCHED

# Typed, not derived: a new table has to be thought about.
NOT_VOUCHED = {
    "records_document": "addressed by the hash of its content, which the verifier recomputes",
    "records_event": "the log itself",
    "records_loghead": "where the log ends; recomputed",
    "records_indicatorrow": "derived from revisions; compared with them",
    "records_findingrow": "derived from revisions by the rules; counted",
    "records_standing": "derived figures; reckoned again and compared",
    "records_placeyear": "derived figures; added up again and compared",
    "records_libraryentry": "learned from revisions",
    "records_librarybacklog": "forms that the library has yet to learn from",
    "records_librarypair": "learned from revisions",
    "records_observation": "learned from revisions",
    "records_emergencycode": "its digests stand in the event that made them; compared",
    "records_pagepicture": "drawn from a document",
    "records_upload": "a file on the tray, not taken yet",
    "records_confirmation": "forms that wait to be saved",
    "records_presence": "who has a form open now",
    "records_notice": "what a person was told",
    "records_signin": "where a person is signed in now",
    "records_givenpassword": "a password that has to be changed still",
    "django_admin_log": "Django's",
    "auth_permission": "Django's; rights that come from no appointment are found",
    "auth_group": "Django's; the same",
    "django_content_type": "Django's",
    "django_session": "Django's",
    "django_tasks_database_dbtaskresult": "jobs",
    "jobs_heartbeat": "jobs",
    "axes_accessfailurelog": "failed sign-ins",
    "axes_accessattempt": "failed sign-ins",
    "axes_accessattemptexpiration": "failed sign-ins",
    "axes_accesslog": "failed sign-ins",
}


def test_a_table_is_vouched_for_or_named_with_the_reason():
    tables = {model._meta.db_table for model in apps.get_models()}
    vouched = {told.model._meta.db_table for told in VOUCHED.values()}

    assert tables - vouched == NOT_VOUCHED.keys()
    assert not vouched & NOT_VOUCHED.keys()
