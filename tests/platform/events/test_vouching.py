"""Every table is vouched for by events, or said here to be no matter of record and why."""

from __future__ import annotations

from django.apps import apps

from kaoji.platform.events.of_rooms import audited

# Typed, not derived: a new table has to be thought about.
NOT_VOUCHED = {
    "files_document": "addressed by the hash of its content, which the verifier recomputes",
    "events_event": "the log itself",
    "events_loghead": "where the log ends; recomputed",
    "declarations_indicatorrow": "derived from revisions; compared with them",
    "declarations_findingrow": "derived from revisions by the rules; counted",
    "self_evaluation_standing": "derived figures; reckoned again and compared",
    "self_evaluation_settled": "derived: what finance looked at; reckoned again and compared",
    "dashboards_placeyear": "derived figures; added up again and compared",
    "library_libraryentry": "learned from revisions",
    "library_librarybacklog": "forms that the library has yet to learn from",
    "library_librarypair": "learned from revisions",
    "library_observation": "learned from revisions",
    "accounts_emergencycode": "its digests stand in the event that made them; compared",
    "intake_pagepicture": "drawn from a document",
    "imports_upload": "a file on the tray, not taken yet",
    "intake_confirmation": "forms that wait to be saved",
    "declarations_presence": "who has a form open now",
    "drafts_draft": "what somebody is writing, gone when it is filed",
    "benefits_person": "the digest of the list that brought it stands in its event; compared",
    "benefits_fact": "the same",
    "benefits_payeeaccount": "the same",
    "benefits_listrow": "the same",
    "benefits_item": "the digest of the run's items stands in its event; compared",
    "benefits_doubt": "the digest of a run's doubts stands in its row; compared",
    "benefits_leftout": "the digest that approvals sign covers it; compared",
    "benefits_paymentrequest": "the digest that approvals sign covers it; compared",
    "benefits_payment": "the digest of a bank file's lines covers it; compared",
    "benefits_try": "the digest of its bank file's lines stands in the file's row; compared",
    "benefits_returnline": "the digest of the returned file's lines stands in its event; compared",
    "webhooks_delivery": "what was sent; the event that it tells stands in the log",
    "notices_notice": "what a person was told",
    "accounts_signin": "where a person is signed in now",
    "accounts_givenpassword": "a password that has to be changed still",
    "django_admin_log": "Django's",
    "auth_permission": "Django's; rights that come from no appointment are found",
    "auth_group": "Django's; the same",
    "django_content_type": "Django's",
    "django_session": "Django's",
    "django_tasks_database_dbtaskresult": "jobs",
    "jobs_heartbeat": "jobs",
    "jobs_routine": "when a backup or a verification was last done; a note for who keeps the machine",
    "axes_accessfailurelog": "failed sign-ins",
    "axes_accessattempt": "failed sign-ins",
    "axes_accessattemptexpiration": "failed sign-ins",
    "axes_accesslog": "failed sign-ins",
}


def test_a_table_is_vouched_for_or_named_with_the_reason():
    tables = {model._meta.db_table for model in apps.get_models()}
    vouched = {told.model._meta.db_table for told in audited().values()}

    assert tables - vouched == NOT_VOUCHED.keys()
    assert not vouched & NOT_VOUCHED.keys()
