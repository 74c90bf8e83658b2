"""Fill the columns that searches and the public list read, for forms from before them."""

from django.db import migrations


def fill(apps, schema_editor):
    declarations = apps.get_model("records", "Declaration")
    rows = apps.get_model("records", "IndicatorRow")
    for item in declarations.objects.filter(search_text="").iterator():
        names = rows.objects.filter(
            revision__declaration=item, revision__number=item.revision_count
        ).order_by("position")
        texts = (
            item.project_name, item.implementing_unit, item.department,
            *names.values_list("level3", flat=True),
        )  # fmt: skip
        item.search_text = "\n".join(filter(None, texts))
        shown = item.approvals.filter(revision_number=item.public_revision).first()
        if shown is not None:
            item.public_name, item.public_total = shown.project_name, shown.annual_total
        item.save(update_fields=["search_text", "public_name", "public_total"])


class Migration(migrations.Migration):
    dependencies = [("records", "0008_what_lists_read")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
