"""A bare Django over the same database: sessions, CSRF, sign-in, and nothing of ours around a view."""

from .settings import *  # noqa: F403
from .settings import BASE_DIR, DEBUG

assert not DEBUG
ROOT_URLCONF = "tests.bench.bare"
WSGI_APPLICATION = None
BARE_MIDDLEWARE = [  # bare_wsgi puts it in place: while starting, libraries insist on their own
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "tests/bench/templates"],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
