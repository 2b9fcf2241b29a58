"""Paths of suggestions that come from the house, of star performers and of lessons; reviews/urls.py takes them in."""

from django.utils.translation import gettext_lazy as _

from acr_program.people.access import reads, role, route, signed_in, steps
from acr_program.people.choices import Role
from acr_program.people.roles import holder_of, leaders
from acr_program.workflow.views import take_step

from .models import StarPerformer, TemplateVersion, TouchPoint
from .views import templates, voices

READ = ("GET", "HEAD")
BOTH = (*READ, "POST")
star = reads(StarPerformer, via="for_page")

compares = holder_of(
    _("the program office, an auditor, a sales leader or an executive"),
    Role.ADMIN, Role.MANAGER, Role.AUDITOR, Role.LEADER, Role.EXECUTIVE,
)  # fmt: skip

urlpatterns = [
    route("consistency/", templates.consistency, name="consistency", access=role(compares), methods=READ),
    route("suggestions/new/", voices.suggest, name="suggest", access=signed_in, methods=BOTH),
    route(
        "templates/<int:pk>/suggest/", voices.suggest_on, name="suggest-on", access=reads(TemplateVersion), methods=BOTH
    ),
    route("stars/", voices.star_list, name="stars", access=signed_in, methods=READ),
    route("stars/nominate/", voices.nominate, name="nominate", access=role(leaders), methods=BOTH),
    route("stars/<int:pk>/", voices.star, name="star", access=star, methods=READ),
    route("stars/<int:pk>/steps/<slug:name>/", take_step, name="star-step", access=steps(StarPerformer)),
    route("lessons/", voices.lesson_list, name="lessons", access=signed_in, methods=READ),
    route(
        "lessons/<int:pk>/suggest/", voices.suggest_from, name="suggest-from", access=reads(TouchPoint, via="for_page"),
        methods=BOTH,
    ),
]  # fmt: skip
