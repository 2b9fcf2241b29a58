"""Paths of the content library and of the quarterly touch-points; reviews/urls.py takes them in."""

from django.utils.translation import gettext_lazy as _

from acr_program.people.access import public, reads, role, route, signed_in, steps
from acr_program.people.roles import holder_of
from acr_program.workflow.views import take_step

from .models import ContentItem, ReviewRequest, Revision, TouchPoint
from .models.content import READERS
from .views import library, touching

READ, POST = ("GET", "HEAD"), ("POST",)
BOTH = (*READ, *POST)
ASKED = public(
    "Whoever answers by mailed links has no account: the token opens a page, the code in the mail answers, once."
)
readers = holder_of(_("whoever writes standard texts or runs the program"), *READERS)
item, revision, touch = (reads(model, via="for_page") for model in (ContentItem, Revision, TouchPoint))
review = reads(ReviewRequest, via="for_page")

urlpatterns = [
    route("library/", library.library, name="library", access=role(readers), methods=READ),
    route("library/forecast/", library.forecast, name="freshness", access=role(readers), methods=READ),
    route("library/<int:pk>/", library.item_page, name="library-item", access=item, methods=READ),
    route("library/<int:pk>/propose/", library.propose_text, name="library-propose", access=item, methods=BOTH),
    route("library/<int:pk>/unit/", library.propose_unit, name="library-unit", access=item, methods=BOTH),
    route("library/revisions/<int:pk>/", library.revision_page, name="revision", access=revision, methods=READ),
    route("library/revisions/<int:pk>/steps/<slug:name>/", take_step, name="revision-step", access=steps(Revision)),
    route("<int:pk>/stale/<int:revision>/", library.waive_stale, name="waive-stale", access=review, methods=BOTH),
    route("touch-points/", touching.touch_points, name="touch-points", access=signed_in, methods=READ),
    route("touch-points/<int:pk>/", touching.touch_page, name="touch-point", access=touch, methods=READ),
    route("touch-points/<int:pk>/answer/", touching.answer, name="touch-answer", access=touch, methods=POST),
    route("touch-points/<int:pk>/draft/", touching.keep_draft, name="touch-draft", access=touch, methods=POST),
    route("touch-points/<int:pk>/steps/<slug:name>/", take_step, name="touch-point-step", access=steps(TouchPoint)),
    route("touch/<str:token>/", touching.touch_by_link, name="touch", access=ASKED, methods=READ),
    route("touch/<str:token>/draft/", touching.draft_by_link, name="touch-link-draft", access=ASKED, methods=POST),
    route("touch/<str:token>/answer/", touching.answer_by_mail, name="touch-link-answer", access=ASKED, methods=POST),
]
