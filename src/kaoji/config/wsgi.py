"""The door for a WSGI server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kaoji.platform.below_prefix import below

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaoji.config.settings")

_django = get_wsgi_application()
application = below(settings.PREFIX, _django)
