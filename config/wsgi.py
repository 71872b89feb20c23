"""The door for web servers. The addresses are loaded at start, not at the first request."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from tracker.apps import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

application = get_wsgi_application()
refuse_unsafe_start()
get_resolver().url_patterns  # noqa: B018 - imports the URLconf before the first request
