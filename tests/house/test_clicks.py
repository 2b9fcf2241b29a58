"""One click is one effect (P6): a path that takes a POST is a step or counts its clicks, and its form carries a key."""

import re

import pytest
from django.conf import settings
from django.http import HttpResponse

from acr_program.people.access import declared, route, signed_in
from acr_program.workflow.clicks import once
from acr_program.workflow.views import take_step
from tests.keyed import keyed

from .files import templates

WITHOUT = {
    "theme": "sets a cookie; twice is the same as once",
    "styleguide": "shows forms and changes nothing",
    "exports:start": "hands a list out and notes each time that it did; a large one asked for twice is written once",
    "outbox:retry": "only what has failed is queued, and by that it has not failed any more; mail stands below the workflow",
    "reviews:write-step": "the first to arrive uses the link up; the others are led to what became of it",
    "reviews:decide-step": "the first to arrive uses the link up; the others are led to what became of it",
    "reviews:printer-step": "a step of the order, by its own key and version; the printer has no account to count clicks by",
    "reviews:print-events": "each event has an id of its own, which is kept with what it did",
    "reviews:delivered-have": "the first name is kept under the document's lock; whoever says it again reads it",
    "reviews:say": "the first answer uses the link up; the others are led to what was said",
    "reviews:typed": "keeps what is being typed: the last words count, and words that come late are dropped by their key",
    "reviews:contribution-draft": "keeps what is being typed: the last words count",
    "reviews:section-preview": "says how what is typed reads, and keeps nothing",
    "reviews:touch-draft": "keeps what is being chosen and typed: the last words count",
    "reviews:touch-link-draft": "keeps what is being chosen and typed: the last words count",
    "reviews:touch-link-answer": "the first to arrive uses the link up; the others are led to what became of it",
    "reviews:write-draft": "keeps what is being typed: the last words count",
    **keyed().without_once,
}
POSTS = {
    name: view
    for _where, name, view in declared()
    if hasattr(view, "access") and "POST" in getattr(view, "methods", ())
}
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>|<form\b[^>]*method="post".*?(?=<div)', re.DOTALL)
KEY = re.compile(r"\{% witness |\{% click_key %\}")
LIBRARY = re.compile(
    r"\{\{ of.export_url \}\}|\{% url [\"'](theme|account_\w+|reviews:typed)[\"'] %\}"
)  # and the two kinds above that need none


def counts(view):
    """A step, by its own key; or any other view, by `once`."""
    return getattr(view, "once", False) or getattr(view, "__wrapped__", None) is take_step


@pytest.mark.parametrize("name", sorted(POSTS))
def test_each_path_that_takes_a_post_counts_its_clicks(name):
    assert counts(POSTS[name]) is (name not in WITHOUT), f"@once is missing, or a reason why {name} goes without."


def test_the_reasons_are_of_paths_that_are_there():
    assert WITHOUT.keys() <= POSTS.keys()


def test_the_walk_sees_what_it_looks_for():
    """The control: a view that writes past both is found, one with the mark is not."""

    def view(request):
        return HttpResponse()

    assert not counts(route("x/", view, name="x", access=signed_in).callback)
    assert counts(route("x/", once(view), name="x", access=signed_in).callback)


def keyless(text):
    return [form for form in FORM.findall(text) if not KEY.search(form) and not LIBRARY.search(form)]


@pytest.mark.parametrize("path", [path for path in templates() if path.suffix == ".html"], ids=str)
def test_each_form_carries_the_key_of_its_click(path):
    assert keyless((settings.BASE_DIR / path).read_text()) == []


def test_a_form_without_a_key_is_found():
    assert keyless('<form method="post" action="{% url "accounts:new" %}">{% csrf_token %}<button>Go</button></form>')
