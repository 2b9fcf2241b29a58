"""Paths of the editor of the standard template; reviews/urls.py takes them in."""

from acr_program.people.access import reads, route

from .models import TemplateVersion, Trial
from .views import template_edit, template_trials

READ, POST = ("GET", "HEAD"), ("POST",)
BOTH = (*READ, *POST)
one = reads(TemplateVersion)
trial = reads(Trial, via="for_page")

urlpatterns = [
    route("templates/<int:pk>/draft/", template_edit.begin, name="template-draft", access=one, methods=POST),
    route("templates/<int:pk>/edit/", template_edit.editor, name="template-edit", access=one, methods=READ),
    route("templates/<int:pk>/order/", template_edit.order, name="template-order", access=one, methods=POST),
    route("templates/<int:pk>/sections/new/", template_edit.new, name="section-new", access=one, methods=BOTH),
    route("templates/<int:pk>/sections/<slug:section>/", template_edit.edit, name="section-edit", access=one, methods=BOTH),
    route(
        "templates/<int:pk>/sections/<slug:section>/remove/", template_edit.remove, name="section-remove", access=one,
        methods=BOTH,
    ),
    route("templates/<int:pk>/preview/", template_edit.preview, name="section-preview", access=one, methods=POST),
    route("templates/<int:pk>/tokens/", template_edit.tokens, name="template-tokens", access=one, methods=READ),
    route("templates/<int:pk>/trials/", template_trials.trials, name="template-trials", access=one, methods=READ),
    route("templates/<int:pk>/trials/new/", template_trials.ask, name="template-try", access=one, methods=POST),
    route("templates/trials/<int:pk>/", template_trials.progress, name="trial", access=trial, methods=READ),
    route("templates/trials/<int:pk>/file/", template_trials.file, name="trial-file", access=trial, methods=READ),
]  # fmt: skip
