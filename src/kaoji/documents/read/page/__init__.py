"""A printed page, from a PDF or a scan: ink becomes ruled tables, tables become rows.

`ink` is what stands on a page, `ruling` finds the tables in it, `lines_in_cells` puts glyphs into lines and
paragraphs, `alignment` finds columns where nothing is ruled, `rows_of_pages` joins tables that run over pages.
"""
