"""A printed page, from a PDF or a scan: ink becomes ruled tables, tables become rows.

`ink` is what stands on a page, `ruling` finds the tables in it, `wording` puts glyphs into
lines and paragraphs, `assembly` joins tables that run over pages.
"""
