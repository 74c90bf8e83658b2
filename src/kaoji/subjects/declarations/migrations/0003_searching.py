"""On PostgreSQL a search for a Chinese word, and every order of the list, reads an index.

Pairs of signs for the search; money, years and the measurable share with blanks last, which SQLite's
indexes cannot say.
"""

from django.db import migrations

_FUNCTION = r"""CREATE FUNCTION declarations_grams(written text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
  SELECT coalesce(array_agg(DISTINCT one || two), '{}') FROM (
    SELECT sign AS one, lead(sign) OVER (ORDER BY place) AS two
    FROM regexp_split_to_table(lower(written), '') WITH ORDINALITY AS parts(sign, place)
  ) AS pairs WHERE two IS NOT NULL AND one <> E'\n' AND two <> E'\n'
$$"""
_SHARE = "((measurable)::double precision / NULLIF(indicators, 0))"
_INDEXES = {
    "declarations_by_grams": "USING gin (declarations_grams(search_text))",
    "declarations_latest_first": "(year DESC NULLS LAST, implementing_unit, id)",
    "declarations_by_money": "(annual_total DESC NULLS LAST, id DESC)",
    "declarations_by_measurable": f"(({_SHARE}) DESC NULLS LAST, id DESC)",
    "declarations_least_measurable": f"(({_SHARE}) ASC NULLS LAST, id)",
}


def build(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(_FUNCTION, params=None)
        for name, how in _INDEXES.items():
            editor.execute(f"CREATE INDEX {name} ON declarations_declaration {how}", params=None)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        for name in _INDEXES:
            editor.execute(f"DROP INDEX {name}", params=None)
        editor.execute("DROP FUNCTION declarations_grams(text)", params=None)


class Migration(migrations.Migration):
    dependencies = [("declarations", "0002_guards")]

    operations = [migrations.RunPython(build, drop)]
