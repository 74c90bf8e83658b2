"""Django's handle for library."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Its tables are called library_…"""

    name = "kaoji.subjects.library"
    label = "library"
    verbose_name = "指标库"
