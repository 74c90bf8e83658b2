"""Django's handle for files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Its tables are called files_…"""

    name = "kaoji.platform.files"
    label = "files"
    verbose_name = "文件"
