"""On PostgreSQL a search for a Chinese word reads an index of pairs of signs, not every form."""

from django.db import migrations

_FUNCTION = r"""CREATE FUNCTION records_grams(written text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
  SELECT coalesce(array_agg(DISTINCT one || two), '{}') FROM (
    SELECT sign AS one, lead(sign) OVER (ORDER BY place) AS two
    FROM regexp_split_to_table(lower(written), '') WITH ORDINALITY AS parts(sign, place)
  ) AS pairs WHERE two IS NOT NULL AND one <> E'\n' AND two <> E'\n'
$$"""
_INDEX = """CREATE INDEX declarations_by_grams ON records_declaration
USING gin (records_grams(search_text))"""


def build(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(_FUNCTION, params=None)
        editor.execute(_INDEX, params=None)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX declarations_by_grams", params=None)
        editor.execute("DROP FUNCTION records_grams(text)", params=None)


class Migration(migrations.Migration):
    dependencies = [("records", "0013_proof_is_append_only")]

    operations = [migrations.RunPython(build, drop)]
