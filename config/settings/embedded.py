"""The default: one machine, nothing but Python. SQLite, a file-system broker, a file mailbox."""

import os

from config.settings.base import *  # noqa: F403 - settings modules build on one another
from config.settings.base import DATA_DIR, env
from config.settings.secret import kept_secret

DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
if DATA_DIR.stat().st_uid == os.getuid():
    DATA_DIR.chmod(0o700)  # one made earlier, or by hand: sessions and mail lie in it

DEBUG = False
DEMO_DATA_ALLOWED = True
SECRET_KEY = env.str("DJANGO_SECRET_KEY", default="") or kept_secret(DATA_DIR / "secret-key")
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}")
SITE_URL = SITE_URL.rstrip("/")
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]

CACHES = {
    "default": {
        # Shared by the processes of one machine, so that the lock-out counts for all of them.
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        # At the default of 300, made-up names would push the lock-out's counts out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

if env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mailbox")

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL == "filesystem://":
    BROKER_DIR = DATA_DIR / "broker"
    for folder in ("queue", "processed", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
    }
