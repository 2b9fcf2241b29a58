"""What the tests of the work pages begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from acr_program.charter.models import ProgramYear
from acr_program.files.models import Manifest
from acr_program.files.store import store
from acr_program.people.models import User
from acr_program.render.models import canonical
from reviews.models import Approval, Document, InformationRequest, ReviewRequest
from tests.factories import (
    fresh,
    make_account,
    make_request,
    make_template,
    make_year,
    office,
    take,
)

LIST, RECORD = 8, 15


def a_review(people: dict[str, User], status: str, **fields: Any) -> ReviewRequest:
    """A review of Rita's account in that state: two contributors write, two leaders approve in order."""
    account = make_account(manager=people["rep"])
    account.designated_leaders.add(people["second leader"])
    make_template(contributors=(people["contributor"], people["second contributor"]))
    return make_request(status, account=account, **fields)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def queries_of(client: Client, url: str) -> int:
    """The queries of one page, without what SQLite is told about reading only."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len([q for q in seen.captured_queries if "PRAGMA" not in q["sql"]])


def page_of(person: User, thing: Any) -> str:
    return signed_in(person).get(thing.get_absolute_url()).content.decode()


def a_section(**fields: Any) -> InformationRequest:
    """One section that waits for its contributor."""
    if fields:
        template = make_template(sections=1)
        template.sections.filter(kind="input").update(**fields)
    return make_request("gathering", sections=1).contributions.for_page().get()


def rendered(request: ReviewRequest) -> Document:
    """The latest document with its real inputs kept, and a file in place of the pages."""
    document = fresh(request).latest_document()
    inputs = store(canonical(document.render_inputs()), "application/json")
    file = store(b"%%PDF-1.7 version %d of %d" % (document.number, request.pk), "application/pdf")
    document.on_rendered(Manifest.seal([("screen.pdf", file, 12)], inputs=inputs.sha256), 12)
    return fresh(document)


def to_approval(text: str = "We shipped what we promised.", **fields: Any) -> Approval:
    """A review whose document, with its inputs on file, waits for its first leader."""
    request = make_request("gathering", sections=1, **fields)
    answer(request, text)
    rendered(request)
    return Approval.objects.for_page().filter(request=request).order_by("-document__number", "place").first()


def year_2019() -> ProgramYear:
    return make_year(label="2019", begins_on=date(2019, 1, 1), ends_on=date(2019, 12, 31))


def answer(request: ReviewRequest, text: str) -> None:
    for section in request.contributions.all():
        take(section, "submit", section.contributor, text=text)
        take(section, "accept", office("admin"))
