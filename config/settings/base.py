"""What holds everywhere. Values that differ by place come from the environment."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ

from config.private_files import private_folder
from config.timetable import TIMETABLE

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()

# --- Applications ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.TrackerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "corsheaders",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "inspections.apps.InspectionsConfig",
    "tracker.apps.TrackerConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.keep_private_pages_out_of_caches",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.menu.closed_doors_left_out",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------

SQLITE_OPTIONS: dict[str, Any] = {
    # IMMEDIATE takes the write lock at BEGIN: a deferred one fails half way under two writers.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL, not NORMAL: in WAL mode NORMAL may lose acknowledged commits at a power cut.
    # secure_delete: redacted words are overwritten, not only forgotten by the table.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "server_side_binding": True,
    "prepare_threshold": 2,
    "application_name": "recommendation-tracker",
    # jit: compiling a page's query takes longer than running it.
    "options": "-c lock_timeout=5s -c statement_timeout=30s -c jit=off "
    "-c idle_in_transaction_session_timeout=30s",
}


def database(default_url: str) -> dict[str, Any]:
    """Read DATABASE_URL and add the options that the log's promises rest on."""
    settings: dict[str, Any] = env.db("DATABASE_URL", default=default_url)
    is_sqlite = "sqlite" in settings["ENGINE"]
    settings["OPTIONS"] = SQLITE_OPTIONS if is_sqlite else POSTGRESQL_OPTIONS
    settings["CONN_MAX_AGE"] = None
    settings["CONN_HEALTH_CHECKS"] = True
    settings["ATOMIC_REQUESTS"] = False
    return settings


DATABASES = {"default": database(f"sqlite:///{DATA_DIR / 'tracker.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "config.accounts.TokensEndWithThePassword"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

ACCOUNT_FORMS = {"login": "config.account_forms.SignInForm"}
ACCOUNT_ADAPTER = "config.accounts.ClosedSignUpAdapter"
SOCIALACCOUNT_ADAPTER = "config.accounts.ClosedSocialSignUpAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key,20/5m/ip",
    # Whoever gives roles by address learns in time who has an account: slowly, and on record.
    "give_role": "30/h/user",
    "invite_again": "3/h/key",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Recommendation tracker] "
# A stranger's address gets no mail, or the form would send mail to anybody.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_TOTP_ISSUER = "Recommendation tracker"  # otherwise the Host that was asked for
# The operator vouches for the address; where nobody signs up, nobody can take another's.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# --- Static files ---------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "assets" / "built", BASE_DIR / "assets" / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.HashedStaticFilesStorage"},
    "evidence": private_folder(DATA_DIR / "evidence"),
    "exchange": private_folder(DATA_DIR / "exchange"),
}

# --- Mail and reminders ---------------------------------------------------------------------------

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Recommendation tracker <tracker@localhost>"
)
EMAIL_TIMEOUT = 10

# Invented people with a known password: never in a service.
DEMO_DATA_ALLOWED = False

# --- Evidence -------------------------------------------------------------------------------------

# ClamAV as Debian sets it up passes what is larger than 25 MB unseen (MaxFileSize).
EVIDENCE_LARGEST = env.int("EVIDENCE_LARGEST", default=20 * 1024 * 1024)
EVIDENCE_KINDS: list[str] = env.list(
    "EVIDENCE_KINDS",
    default=["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpeg", "csv", "txt"],
)
# A file that was brought and never attached goes after so many days.
EVIDENCE_DAYS_UNATTACHED = env.int("EVIDENCE_DAYS_UNATTACHED", default=1)
# unix:///run/clamav/clamd.ctl, tcp://127.0.0.1:3310, the path of a function, or none; left empty, a
# ClamAV of this machine is used where there is one. Files that nothing has scanned are not served.
EVIDENCE_SCANNER = env.str("EVIDENCE_SCANNER", default="")
EVIDENCE_SCAN_TIMEOUT = env.int("EVIDENCE_SCAN_TIMEOUT", default=60)

# --- Imports and exports --------------------------------------------------------------------------

EXCHANGE_LARGEST_UPLOAD = env.int("EXCHANGE_LARGEST_UPLOAD", default=10 * 1024 * 1024)
# An import that nobody confirms is emptied, an export that nobody fetches is deleted.
EXCHANGE_DAYS_TO_CONFIRM = env.int("EXCHANGE_DAYS_TO_CONFIRM", default=7)
EXCHANGE_DAYS_TO_FETCH = env.int("EXCHANGE_DAYS_TO_FETCH", default=7)

# A proxy before the service should refuse somewhat more than this by itself.
LARGEST_UPLOAD = max(EVIDENCE_LARGEST, EXCHANGE_LARGEST_UPLOAD)
FILE_UPLOAD_HANDLERS = ["config.uploads.BoundedUploadHandler"]

# --- Celery ---------------------------------------------------------------------------------------

# Beat runs in UTC and only ticks: a crontab in Europe/London skips ticks at the clock change.
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = TIMETABLE

# --- API ------------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "tracker.api.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "tracker.api.problems.problem_response",
    "DEFAULT_VERSIONING_CLASS": None,
    # A parameter nobody documented is refused by name, `format` like any other.
    "URL_FORMAT_OVERRIDE": None,
    # No proxy is in front unless settings say so: a forged X-Forwarded-For is no identity.
    "NUM_PROXIES": 0,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anon": env.str("API_RATE_ANONYMOUS", default="120/min"),
        "user": env.str("API_RATE", default="1200/min"),
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Recommendation tracker",
    "DESCRIPTION": "What was done about each recommendation of a probation inspection.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    # The same values stand in several answers; they are one type.
    "ENUM_NAME_OVERRIDES": {"ProviderKind": "inspections.models.Provider.Kind"},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
REST_KNOX = {
    "SECURE_HASH_ALGORITHM": "hashlib.sha512",
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_PREFIX": "rt_",
    "TOKEN_TTL": timedelta(days=90),
    "AUTO_REFRESH": False,
}
CORS_URLS_REGEX = r"^/api/.*$"
CORS_ALLOWED_ORIGINS: list[str] = env.list("CORS_ALLOWED_ORIGINS", default=[])

# --- Security -------------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# The largest report is 2 MB; a form carries one such text at most.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The page of a draft has a field for every value of a report, three for each finding.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
