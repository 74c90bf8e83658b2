"""Give every declaration its place, everybody their appointment, everything approved its record.

Installations from before the tree: departments and units come from the forms' own names below
one bureau; the groups that gave roles become appointments at the bureau.
"""

from datetime import date

from django.db import migrations

_ROLES = {"填报人": "filer", "审核人": "department_reviewer", "财政审核人": "finance_performance"}


def _place(tree, name, kind, parent):
    found, made = tree.objects.get_or_create(name=name, parent=parent, defaults={"kind": kind})
    if made:
        found.path = f"{parent.path if parent else '/'}{found.pk}/"
        found.save()
    return found


def fill(apps, schema_editor):
    tree, declarations = apps.get_model("records", "Organisation"), apps.get_model(
        "records", "Declaration"
    )
    people = apps.get_model("auth", "User")
    groups = apps.get_model("auth", "Group").objects.filter(name__in=_ROLES)
    if not declarations.objects.exists() and not groups.exists():
        return
    bureau = _place(tree, "财政局", "bureau", None)
    for item in declarations.objects.all():
        unit = item.implementing_unit or item.department or "未写明单位"
        head = _place(tree, item.department or unit, "department", bureau)
        item.organisation = head if head.name == unit else _place(tree, unit, "unit", head)
        if item.state in {"published", "withdrawn"}:
            item.publication = "public" if item.state == "published" else "withdrawn"
            item.public_from = (item.state_since or item.changed_at).date()
            item.public_revision = item.approved_revision
        item.save()
        if item.approved_revision:
            event = item.events.filter(type="declaration.approve").order_by("-sequence").first()
            apps.get_model("records", "ApprovedForm").objects.create(
                declaration=item,
                revision_number=item.approved_revision,
                project_name=item.project_name,
                annual_total=item.annual_total,
                approved_at=event.at if event else item.changed_at,
                approved_by_id=event.actor_id if event else people.objects.first().pk,
            )
    people.objects.filter(is_superuser=False).update(is_staff=False)
    appointments = apps.get_model("records", "Appointment")
    for group in groups:
        for person in people.objects.filter(groups=group):
            # Who had two groups keeps the first: nobody judges what they write.
            if appointments.objects.filter(person=person).exists():
                continue
            appointments.objects.create(
                person=person,
                place=bureau,
                role=_ROLES[group.name],
                since=date(2020, 1, 1),
                made_at=person.date_joined,
            )
        group.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_people_places_and_time"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
