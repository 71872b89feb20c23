"""The task queue. Tasks only tick: what is to be done stands in database rows."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

app = Celery("recommendation-tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["inspections", "tracker"])
