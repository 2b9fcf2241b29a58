"""The program's settings in one file, read from the environment; .env.example explains every name.

Two modes. `embedded` (default): one machine, SQLite and a folder as broker, bound to loopback.
`production`: everything unsafe is refused at start-up (acr_program.config.checks).
"""

from pathlib import Path

import environ
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from acr_program.config import logs
from acr_program.config.folders import prepare, secret_key
from acr_program.config.mailer import mailers

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- where we are -----------------------------------------------------------------------------------------------------
ACR_MODE = env.str("ACR_MODE", "embedded")
PRODUCTION = ACR_MODE == "production"
DEBUG = env.bool("ACR_DEBUG", False)
DATA = Path(env.str("ACR_DATA", str(BASE_DIR / "var"))).resolve()
prepare(DATA)
SECRET_KEY = env.str("ACR_SECRET_KEY", "") or ("missing" if PRODUCTION else secret_key(DATA / "secret_key"))
SECRET_KEY_FALLBACKS = env.list("ACR_SECRET_KEY_FALLBACKS", default=[])
PORT = env.int("PORT", 8000)
SITE_URL = env.str("ACR_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ACR_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
TRUSTED_PROXIES = env.int("ACR_TRUSTED_PROXIES", 0)
ACR_COMPANY = env.str("ACR_COMPANY", "")  # whose reviews these are, in the head of pages and mails
ACR_CONTACT_NAME = env.str("ACR_CONTACT_NAME", "")  # whom people ask for help
ACR_CONTACT_EMAIL = env.str("ACR_CONTACT_EMAIL", "")
ACR_ANCHOR_EMAIL = env.str("ACR_ANCHOR_EMAIL", "")  # where the head of the sealed log goes daily, out of our own reach

ACR_PRINT_PROFILE = env.str("ACR_PRINT_PROFILE", "")  # the printer's ICC file; with it documents come in CMYK as well
ACR_PRINT_DROP = env.str(
    "ACR_PRINT_DROP", str(DATA / "print")
)  # where orders for print are laid: a folder, or sftp://, s3://
ACR_PRINT_WEBHOOK = env.str("ACR_PRINT_WEBHOOK", "")  # or the printer's address that orders are posted to, signed
ACR_PRINT_WEBHOOK_SECRET = env.str("ACR_PRINT_WEBHOOK_SECRET", "")
ACR_PRINT_EVENTS_SECRET = env.str("ACR_PRINT_EVENTS_SECRET", "")  # with it printer and carrier may post what happened
ACR_UNDO_SECONDS = env.int("ACR_UNDO_SECONDS", 20)  # so long a mail about a step that can be taken back waits
ACR_HOLD_CUSTOMER_MAIL = env.bool("ACR_HOLD_CUSTOMER_MAIL", False)  # each waits until the office has let it go
ACR_EXPORT_ALARM_ROWS = env.int("ACR_EXPORT_ALARM_ROWS", 20_000)  # more of one person in a day is a mass export
ACR_EXPORTS_AN_HOUR = env.int("ACR_EXPORTS_AN_HOUR", 60)  # of one person; beyond it, a pause

# --- what it is made of -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "acr_program.config",
    "acr_program.ui",
    "acr_program.people",
    "acr_program.jobs",
    "acr_program.files",
    "acr_program.outbox",
    "acr_program.links",
    "acr_program.workflow",
    "acr_program.desk",
    "acr_program.intake",
    "acr_program.exports",
    "acr_program.bulk",
    "acr_program.render",
    "acr_program.charter",
    "acr_program.demo",
    "accounts",
    "reviews",
    "pilots",
    "keyaccounts",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "heroicons",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "acr_program.config.logs.RequestLog",  # outermost: every answer is logged, with its request id
    "acr_program.config.headers.Headers",  # before whatever may answer early, so that no response goes without
    "acr_program.config.client.ClientAddress",
    "acr_program.config.outage.DatabaseDown",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "acr_program.config.origin.OwnSite",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "acr_program.desk.zone.ReadersZone",
    "acr_program.ui.wayback.WayBack",
]
ROOT_URLCONF = "acr_program.urls"
WSGI_APPLICATION = "acr_program.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Naming loaders switches Django's cache off, so the cached loader is named around them.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- database ---------------------------------------------------------------------------------------------------------
# Evidence mode waits for the disk at each commit: nothing acknowledged is lost even when the power fails.
EVIDENCE = env.bool("ACR_EVIDENCE", False)
SQLITE_PRAGMAS = f"""
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = {"FULL" if EVIDENCE else "NORMAL"};
    PRAGMA foreign_keys = ON;
    PRAGMA mmap_size = 1073741824;
    PRAGMA cache_size = -4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA temp_store = MEMORY;
"""
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "acr.sqlite3",
    # IMMEDIATE: a transaction that reads first and writes later would fail at once instead of waiting its turn.
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    "CONN_MAX_AGE": None,
}
POSTGRES_LIMITS = {
    "lock_timeout": env.str("ACR_LOCK_TIMEOUT", "10s"),
    "statement_timeout": env.str("ACR_STATEMENT_TIMEOUT", "30s"),
    "idle_in_transaction_session_timeout": "30s",
    "jit": "off",  # compiling the board's query took a second, running it a hundredth
    # In which order to join, for more than so many tables, is taken as it is written: to weigh every order took a list
    # of sections ten times as long as to read its rows.
    "join_collapse_limit": "5",
}
if env.str("DATABASE_URL", "").startswith("postgres"):
    DATABASES = {"default": env.db("DATABASE_URL")}
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,  # a restarted server costs one new connection, not one failed page
        "OPTIONS": DATABASES["default"].get("OPTIONS", {})
        | {"connect_timeout": 3, "options": " ".join(f"-c {k}={v}" for k, v in POSTGRES_LIMITS.items())},
    }
else:
    DATABASES = {"default": SQLITE | ({"NAME": env.db("DATABASE_URL")["NAME"]} if env.str("DATABASE_URL", "") else {})}

# The cache holds sign-in limits and nothing else. They must be seen by every process, survive a restart, and count by
# an atomic add(): the database does all three, per-process memory and the file cache do not, and Redis may be away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Celery: it only rings; what is owed stands in job rows -----------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "folder://localhost//"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 120,
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "retry_on_timeout": False,
        "max_retries": 0,
        "global_keyprefix": "acr:",
    }
    if REDIS_URL
    else {
        "data_folder_in": str(DATA / "broker/queue"),
        "data_folder_out": str(DATA / "broker/queue"),
        "processed_folder": str(DATA / "broker/taken"),
        "polling_interval": 0.2,
    }
)
ACR_LEASE_SECONDS = None if PRODUCTION else env.int("ACR_LEASE_SECONDS", None)  # shortened by tests that kill workers
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 110  # below the visibility time-out, or Redis hands the same message out again
CELERY_TASK_DEFAULT_QUEUE = "celery"  # the other queue is `render`; a job names its own by Job.QUEUE
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA / "tmp/beat")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "acr_program.jobs.tasks.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "tick": {"task": "acr_program.jobs.tasks.tick", "schedule": 60.0, "options": {"expires": 60}},
}

# --- people and sign-in -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["acr_program.people.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "acr_program.config.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "acr_program.config.forms.SignInForm",
    "reset_password": "acr_program.config.forms.ForgottenForm",
    "reauthenticate": "acr_program.config.forms.OnceMoreForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are entered by an administrator; nobody signs up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "30/15m/ip,10/15m/key", "reset_password": "20/15m/ip,5/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Annual Customer Review"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- cookies, headers, uploads: one module, acr_program.config.headers, sends what Django does not --------------------
_host = "__Host-" if PRODUCTION else "acr_"
SESSION_COOKIE_NAME = _host + "session"
CSRF_COOKIE_NAME = _host + "csrf"
LANGUAGE_COOKIE_NAME = _host + "language"
LISTS_COOKIE_NAME = _host + "lists"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 3600
CSRF_TRUSTED_ORIGINS = [SITE_URL] if PRODUCTION else []
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked for by the container itself, over plain HTTP
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "frame-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# Five million letters that somebody pasted are read, and answered in a sentence.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "acr_program.files.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = str(DATA / "tmp")
FILE_UPLOAD_PERMISSIONS = 0o600

# --- files and static -------------------------------------------------------------------------------------------------
FILES_ROOT = DATA / "files"  # what acr_program.files keeps, by content
MEDIA_ROOT = FILES_ROOT
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("ACR_STATIC", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "acr_program.ui.static.JoinedStatic"},
}
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- mail: without EMAIL_URL each mail is a file under var/mail -------------------------------------------------------
MAILERS = mailers(env.str("EMAIL_URL", ""), DATA / "mail")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("ACR_MAIL_FROM", "Annual Customer Review <reviews@localhost>")

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# --- logging ----------------------------------------------------------------------------------------------------------
LOG_LEVEL = env.str("ACR_LOG_LEVEL", "INFO")
LOGGING = logs.configure(level=LOG_LEVEL, as_json=PRODUCTION)
