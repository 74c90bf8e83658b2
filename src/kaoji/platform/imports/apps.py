"""Django's handle for imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Its tables are called imports_…"""

    name = "kaoji.platform.imports"
    label = "imports"
    verbose_name = "导入"
