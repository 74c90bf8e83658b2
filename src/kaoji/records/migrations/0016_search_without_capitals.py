"""What is searched is kept without capitals: the comparison that knows none is many times as fast."""

from django.db import migrations


def lower(apps, editor):
    """Only forms with Latin capitals change."""
    declarations = apps.get_model("records", "Declaration").objects
    changed = []
    for row in declarations.only("pk", "search_text").iterator(chunk_size=2000):
        text = row.search_text.lower()
        if text != row.search_text:
            row.search_text = text
            changed.append(row)
        if len(changed) == 500:
            declarations.bulk_update(changed, ["search_text"])
            changed = []
    declarations.bulk_update(changed, ["search_text"])


class Migration(migrations.Migration):
    dependencies = [("records", "0015_access_keys")]

    operations = [migrations.RunPython(lower, migrations.RunPython.noop)]
