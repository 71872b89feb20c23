"""The test suite: SQLite in a file unless DATABASE_URL names a PostgreSQL server."""

import tempfile
from pathlib import Path

from config.private_files import private_folder
from config.settings.base import *  # noqa: F403 - settings modules build on one another
from config.settings.base import STORAGES, database, env

_SCRATCH = tempfile.TemporaryDirectory(prefix="recommendation-tracker-tests-")
DATA_DIR = Path(_SCRATCH.name)

DEBUG = False
DEMO_DATA_ALLOWED = True
SECRET_KEY = "only-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES = {"default": database(f"sqlite:///{DATA_DIR / 'tracker.sqlite3'}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, not memory: threads and processes of one test must see the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; never in service

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="memory://")

STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()  # WhiteNoise warns where there is none
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "evidence": private_folder(DATA_DIR / "evidence"),
    "exchange": private_folder(DATA_DIR / "exchange"),
}

EVIDENCE_SCANNER = "none"  # whatever this machine has: a test that needs one starts it
