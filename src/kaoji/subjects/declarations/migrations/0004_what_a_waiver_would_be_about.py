"""Each finding says what a waiver of it would be about, so that open findings are counted by the database."""

import re

from django.db import migrations, models

from kaoji.core.canonical import canonical_json, digest

_ROW = re.compile(r"indicators\[(\d+)\]")
_AT_ONCE = 1_000


def fill(apps, editor):
    findings = apps.get_model("declarations", "FindingRow").objects
    rows = apps.get_model("declarations", "IndicatorRow").objects
    waiting = []
    for finding in findings.order_by("pk").iterator(chunk_size=_AT_ONCE):
        found = _ROW.match(finding.field)
        at = {"revision": finding.revision_id, "position": int(found[1])} if found else None
        row = rows.filter(**at).first() if at else None
        place = f"{row.level2} / {row.level3}" if row and row.level3 else finding.field
        finding.place = place[:500]
        finding.said = digest(canonical_json(finding.message))
        waiting.append(finding)
        if len(waiting) == _AT_ONCE:
            findings.bulk_update(waiting, ["place", "said"])
            waiting = []
    findings.bulk_update(waiting, ["place", "said"])


class Migration(migrations.Migration):
    dependencies = [("declarations", "0003_searching")]

    operations = [
        migrations.AddField(
            "findingrow",
            "place",
            models.CharField(default="", max_length=500, verbose_name="豁免所指的位置"),
        ),
        migrations.AddField(
            "findingrow",
            "said",
            models.CharField(default="", max_length=64, verbose_name="豁免所指的内容"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
