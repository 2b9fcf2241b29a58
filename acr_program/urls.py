"""Every path of the program, app by app; each app's own `urls.py` declares who may reach what."""

from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext as _

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one door in, with its limits and second factor


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404(_("There is no such page."))


# An app adds itself here: where it is mounted, and its module of routes.
APPS = [
    ("", "acr_program.config.urls"),
    ("", "acr_program.ui.urls"),
    ("", "acr_program.desk.urls"),
    ("", "acr_program.people.urls"),
    ("", "acr_program.workflow.urls"),
    ("files/", "acr_program.files.urls"),
    ("mail/", "acr_program.outbox.urls"),
    ("links/", "acr_program.links.urls"),
    ("jobs/", "acr_program.jobs.urls"),
    ("intake/", "acr_program.intake.urls"),
    ("exports/", "acr_program.exports.urls"),
    ("bulk/", "acr_program.bulk.urls"),
    ("program/", "acr_program.charter.urls"),
    ("accounts/", "accounts.urls"),
    ("reviews/", "reviews.urls"),
    ("pilots/", "pilots.urls"),
    ("key-accounts/", "keyaccounts.urls"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *(path(prefix, include(module)) for prefix, module in APPS if find_spec(module)),
    # An address is changed by the office; allauth's own page for it would write when it is looked at.
    path("sign-in/email/", nothing_here, name="account_email"),
    path("sign-in/", include("allauth.account.urls")),
    path("sign-in/second-factor/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]

handler500 = "acr_program.config.outage.server_error"
