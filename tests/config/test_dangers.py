"""P42: an unsafe configuration is refused, each with its own sentence; a good one passes."""

import copy

import pytest
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.test import override_settings
from PIL import ImageCms

from acr_program.config import checks
from acr_program.config.dangers import DANGERS, dangers
from tests.render import icc

from .production import good, mail, postgres, sqlite

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")

GUARDS = [name for name in settings.MIDDLEWARE if "csp" not in name]
NO_LENGTH = [{"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"}]
MD5 = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOCAL_CACHE = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

BAD = [
    ("mode", {"ACR_MODE": "prod"}),
    ("debug", {"DEBUG": True}),
    ("key", {"SECRET_KEY": "missing"}),
    ("key", {"SECRET_KEY": "x" * 60}),
    ("key", {"SECRET_KEY": "django-insecure-" + "k7Zq9w-" * 10}),
    ("key", {"SECRET_KEY": "please-change-me-" + "k7Zq9w-" * 10}),
    ("old-key", {"SECRET_KEY_FALLBACKS": ["short"]}),
    ("any-host", {"ALLOWED_HOSTS": ["*", "reviews.acme.test"]}),
    ("any-host", {"ALLOWED_HOSTS": [".acme.test", "reviews.acme.test"]}),
    ("foreign-address", {"SITE_URL": "https://elsewhere.test"}),
    ("plain-address", {"SITE_URL": "http://reviews.acme.test"}),
    ("proxies", {"TRUSTED_PROXIES": -1}),
    ("proxies", {"TRUSTED_PROXIES": 99}),
    ("debug-log", {"LOG_LEVEL": "debug"}),
    ("local-time", {"TIME_ZONE": "Europe/Vienna"}),
    ("local-time", {"USE_TZ": False}),
    ("plain-session", {"SESSION_COOKIE_SECURE": False}),
    ("plain-csrf", {"CSRF_COOKIE_SECURE": False}),
    ("script-cookie", {"SESSION_COOKIE_HTTPONLY": False}),
    ("script-cookie", {"CSRF_COOKIE_HTTPONLY": False}),
    ("cross-cookie", {"SESSION_COOKIE_SAMESITE": "None"}),
    ("cross-cookie", {"CSRF_COOKIE_SAMESITE": False}),
    ("cookie-name", {"SESSION_COOKIE_NAME": "sessionid"}),
    ("cookie-session", {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}),
    ("hsts", {"SECURE_HSTS_SECONDS": 3600}),
    ("plain-http", {"SECURE_SSL_REDIRECT": False}),
    ("guard", {"MIDDLEWARE": GUARDS}),
    ("scripts", {"SECURE_CSP": settings.SECURE_CSP | {"script-src": ["'self'", "'unsafe-inline'"]}}),
    ("scripts", {"SECURE_CSP": settings.SECURE_CSP | {"script-src": ["*"]}}),
    ("frames", {"SECURE_CSP": settings.SECURE_CSP | {"frame-ancestors": ["'self'"]}}),
    ("origins", {"CSRF_TRUSTED_ORIGINS": ["https://*.acme.test"]}),
    ("origins", {"CSRF_TRUSTED_ORIGINS": ["http://reviews.acme.test"]}),
    ("database-password", {"DATABASES": postgres(PASSWORD="")}),
    ("database-password", {"DATABASES": postgres(PASSWORD="postgres")}),
    ("database-password", {"DATABASES": postgres(USER="same-as-the-name", PASSWORD="same-as-the-name")}),
    ("redis-password", {"CELERY_BROKER_URL": "redis://redis:6379/0"}),
    ("redis-password", {"CELERY_BROKER_URL": "rediss://:redis@redis:6379/0"}),
    ("pickle", {"CELERY_ACCEPT_CONTENT": ["json", "pickle"]}),
    ("twice", {"CELERY_TASK_TIME_LIMIT": 3600}),
    ("sqlite-deferred", {"DATABASES": sqlite(transaction_mode="DEFERRED")}),
    ("sqlite-journal", {"DATABASES": sqlite(init_command="")}),
    ("atomic-requests", {"DATABASES": postgres(ATOMIC_REQUESTS=True)}),
    ("no-anchor", {"ACR_ANCHOR_EMAIL": ""}),
    ("no-mail", {"MAILERS": {}}),
    ("no-mail", {"MAILERS": {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}}),
    ("plain-mail", {"MAILERS": mail(host="mail.acme.test")}),
    ("sender", {"DEFAULT_FROM_EMAIL": "Reviews <reviews@localhost>"}),
    ("hash", {"PASSWORD_HASHERS": MD5}),
    ("short-passwords", {"AUTH_PASSWORD_VALIDATORS": NO_LENGTH}),
    ("no-limits", {"ACCOUNT_RATE_LIMITS": False}),
    ("no-limits", {"ACCOUNT_RATE_LIMITS": {"login_failed": "10/15m/key"}}),
    ("limits-apart", {"CACHES": LOCAL_CACHE}),
    ("sign-up", {"ACCOUNT_ADAPTER": "allauth.account.adapter.DefaultAccountAdapter"}),
]
ALSO_BAD = {"no-host", "embedded-in-public", "data-folder", "files-folder", "served-files"}  # tests of their own


@pytest.fixture
def production(tmp_path):
    return good(tmp_path)


class Changed:
    """The settings as they are, but for what is given."""

    def __init__(self, **given):
        self.__dict__ = given

    def __getattr__(self, name):
        return getattr(settings, name)


def look(production, **change):
    """The names of the dangers found in production's settings with one change."""
    return [danger.name for danger in dangers(Changed(**(production | change)))]


def test_a_good_production_is_let_through(production):
    assert look(production) == []


def test_the_embedded_default_is_let_through():
    assert list(dangers(settings)) == []


@pytest.mark.demand("P42")
@pytest.mark.parametrize(("name", "change"), BAD)
def test_each_bad_setting_is_refused_by_its_own_check(production, name, change):
    assert look(production, **change) == [name]


def test_no_host_at_all(production):
    assert look(production, ALLOWED_HOSTS=[]) == ["no-host", "foreign-address"]


def test_embedded_mode_is_for_this_machine(production):
    embedded = {"ACR_MODE": "embedded", "ALLOWED_HOSTS": ["127.0.0.1", "reviews.acme.test"]}

    assert look(production, **embedded) == ["embedded-in-public"]


@pytest.mark.parametrize("mode", [0o755, 0o740, 0o707])
def test_a_data_folder_others_may_enter(production, mode):
    production["DATA"].chmod(mode)

    assert look(production) == ["data-folder"]


def test_a_files_folder_others_may_read(production):
    production["FILES_ROOT"].chmod(0o755)

    assert look(production) == ["files-folder"]


def test_a_data_folder_that_is_served(production):
    assert look(production, STATIC_ROOT=production["DATA"].parent) == ["served-files"]


def test_every_danger_has_a_bad_setting_that_meets_it():
    assert {danger.name for danger in DANGERS} == {name for name, _change in BAD} | ALSO_BAD


def test_every_danger_is_told_in_sentences():
    told = [text for danger in DANGERS for text in (danger.sentence, danger.mend)]

    assert [text for text in told if not text[0].isupper()] == []
    assert [danger.sentence for danger in DANGERS if not danger.sentence.endswith(".")] == []


def test_the_checks_are_djangos_own(production):
    with override_settings(**(production | {"SECURE_SSL_REDIRECT": False})):
        found = run_checks(tags=[Tags.security])

    assert [message.id for message in found] == ["acr.plain-http"]


def test_djangos_deployment_checks_have_nothing_to_add(production):
    with override_settings(**production):
        found = run_checks(tags=[Tags.security], include_deployment_checks=True)

    assert found == []


@pytest.mark.parametrize(
    ("config", "ids"),
    [
        (None, []),
        ({"appendonly": "yes", "maxmemory-policy": "noeviction"}, []),
        ({"appendonly": "no", "maxmemory-policy": "noeviction"}, ["acr.redis-aof"]),
        ({"appendonly": "yes", "maxmemory-policy": "allkeys-lru"}, ["acr.redis-eviction"]),
        ({"appendonly": "no", "maxmemory-policy": "volatile-lru"}, ["acr.redis-aof", "acr.redis-eviction"]),
    ],
)
def test_redis_must_keep_what_it_is_given(config, ids):
    assert [message.id for message in checks.redis_faults(config)] == ids


def test_redis_that_does_not_answer_is_no_reason_to_stop(production):
    with override_settings(**(production | {"CELERY_BROKER_URL": "redis://:r4nd0m-long-enough@127.0.0.1:1/0"})):
        assert checks.safe_redis() == []


def test_the_door_says_every_danger_and_does_not_open(production, capsys):
    spoiled = copy.deepcopy(production) | {"DEBUG": True, "SECRET_KEY": "short"}
    with override_settings(**spoiled), pytest.raises(SystemExit) as refused:
        checks.refuse_unsafe()

    assert refused.value.code == checks.BOOT_FAILED
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert "Debug is on" in said[1]
    assert "secret key" in said[2]


NOT_A_PROFILE = [
    (b"not a profile", "is not a CMYK profile of a printer."),
    (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), "is not a CMYK profile of a printer."),
    (None, "cannot be read: No such file or directory."),
]


@pytest.mark.parametrize(("data", "why"), NOT_A_PROFILE, ids=["text", "sRGB", "nothing"])
def test_a_printers_profile_that_cannot_be_used_is_refused(data, why, tmp_path, settings):
    path = tmp_path / "printer.icc"
    if data is not None:
        path.write_bytes(data)
    settings.ACR_PRINT_PROFILE = str(path)

    (error,) = checks.printers_profile()

    assert error.msg.endswith(why)
    assert str(path) in error.msg
    assert error.is_serious()


def test_a_printers_profile_that_can_be_used_passes(tmp_path, settings):
    settings.ACR_PRINT_PROFILE = str(tmp_path / "printer.icc")
    (tmp_path / "printer.icc").write_bytes(icc.profile())

    assert checks.printers_profile() == []
