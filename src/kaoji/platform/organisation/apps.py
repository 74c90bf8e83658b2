"""Django's handle for organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Its tables are called organisation_…"""

    name = "kaoji.platform.organisation"
    label = "organisation"
    verbose_name = "机构"
