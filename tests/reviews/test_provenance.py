"""Whose every paragraph and every figure is: kept with the document, told years later, by command and on a page (M2)."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.timezone import localdate, now

from acr_program.files.models import Manifest
from acr_program.files.store import store
from acr_program.render import client
from acr_program.render.document import compose
from acr_program.render.models import Rendering, canonical
from acr_program.render.provenance import pieces, traced
from reviews.compiler import inputs_of
from reviews.models import Document, Revision, Section
from tests.factories import fresh, make_request, office
from tests.reviews.test_content import lines
from tests.reviews.work import RECORD, answer, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("M2")]

NOW = "2026-08-10 09:00 +0000"
KINDS = ("figures", "promise", "mix", "value", "team", "follow")
WORDS = "We shipped what we promised.\n\nThe year came to {{ figures.net }}.\n\n- Thank you\n- for {{ figures.orders }} orders"


@pytest.fixture(autouse=True)
def then(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def review(people):
    """One whose document has figures, promises, a table, and words of its contributor with figures in them."""
    request = make_request("gathering", sections=1)
    for place, kind in enumerate(KINDS, start=10):
        Section.objects.create(template=request.template, place=place, key=kind, title=kind, kind=kind)
    lines(request.account, ("a-1", "2025-08-05"), ("a-2", "2026-01-15"), ("a-3", "2026-02-15"), ("a-4", "2026-03-01"))
    lines(request.account, ("a-5", "2026-06-20", {"shipped_on": None}))
    answer(request, WORDS)
    return fresh(request)


def rendered(request):
    """The document with its inputs kept, as a rendering leaves it."""
    document = fresh(request).latest_document()
    inputs = store(canonical(document.render_inputs()), "application/json")
    file = store(b"%PDF-1.7", "application/pdf")
    manifest = Manifest.seal([("screen.pdf", file, 12)], inputs=inputs.sha256)
    Rendering.objects.filter(object_id=document.pk).delete()
    Rendering.objects.create(about=document, inputs=inputs, manifest=manifest)
    document.on_rendered(manifest, 12)
    return fresh(document)


def told(document, *more):
    out = StringIO()
    call_command("provenance", f"R{document.request_id}-{document.number}", *more, stdout=out)
    return out.getvalue()


def by_place(inputs):
    found = {}
    for one in traced(inputs):
        found.setdefault(one.piece.place, []).append(one)
    return found


def test_every_paragraph_and_figure_is_known_whole(review):
    inputs = inputs_of(Document(request=review, number=1, begun_at=now()))

    found = traced(inputs)

    assert [one.piece for one in found if not one.whole] == []
    assert {one.piece.kind for one in found} == {"paragraph", "figure"}
    assert {one.piece.section for one in found} == {"", *(section["key"] for section in inputs["sections"])}
    assert compose(inputs)  # and the document can be made with it


def test_a_contributors_words_are_theirs_and_dated_where_they_name_a_figure(review):
    inputs = inputs_of(Document(request=review, number=1, begun_at=now()))
    given = review.contributions.get()

    own = by_place(inputs)["part-2.html"]

    assert [one.source["author"] for one in own] == [f"{given.contributor.name}, {given.section.function}"] * 4
    assert {one.source["revision"] for one in own} == {f"section, version {given.version}"}
    assert {one.source["confirmed"] for one in own} == {localdate().isoformat()}
    assert [one.source.get("as_of") for one in own] == [None, "2026-08-01", None, "2026-08-01"]


def test_a_standard_text_names_its_revision_its_author_and_when_it_was_confirmed(review):
    said = Revision.objects.get(item__key="letter", item__audience="executive", status="current")
    Revision.objects.filter(pk=said.pk).update(confirmed_on=date(2026, 7, 1))
    inputs = inputs_of(Document(request=review, number=1, begun_at=now()))

    (letter,) = by_place(inputs)["letter.html"]

    assert letter.source == {
        "source": f"Standard text, {review.template}", "author": said.author.name,
        "revision": f"{review.template}, revision {said.number}", "confirmed": "2026-07-01",
    }  # fmt: skip


def test_figures_are_as_of_the_day_of_their_own_rows(review):
    inputs = inputs_of(Document(request=review, number=1, begun_at=now()))
    found = by_place(inputs)

    assert len(found["figures.quarters"]) == 4
    assert {one.source["author"] for one in found["figures.quarters"]} == {"Order system"}
    assert {one.source["as_of"] for one in found["figures.orders"]} == {"2026-08-01"}
    assert [one.source["author"] for one in found["promise.html"]] == ["Order system"]
    assert found["figures.orders"][0].piece.says.startswith("a-1: ordered 2025-08-05")


def test_the_command_names_them_all_from_the_kept_inputs_alone_years_later(review, time_machine):
    document = rendered(review)
    given = review.contributions.get()
    Section.objects.update(body="Other words")
    Revision.objects.update(text="Other words", confirmed_on=None)
    type(given.contributor).objects.filter(pk=given.contributor_id).update(name="Somebody Else")
    time_machine.move_to("2031-03-02 09:00 +0000")

    said = told(document, "--check")

    number = len(pieces(json.loads(Rendering.latest(document).inputs.read("inputs"))))
    assert f"{number} of {number} paragraphs and figures are known whole: 100 %" in said
    assert f"{given.contributor.name}, {given.section.function} | section, version" in said
    assert "Somebody Else" not in said
    assert "| confirmed 2026-08-10 | data as of 2026-08-01  | The year came to" in said


def test_old_inputs_say_what_they_do_not_know(review):
    document = rendered(review)
    rendering = Rendering.latest(document)
    old = json.loads(rendering.inputs.read("inputs"))
    del old["provenance"]
    rendering.inputs = store(canonical(old), "application/json")
    rendering.save()

    said = told(document)

    assert compose(old)
    assert "figure glance 1:  not known | not known | confirmed - | data as of 2026-08-01" in said
    assert "100 %" not in said
    assert "were kept before the program wrote down who wrote what." in said
    with pytest.raises(CommandError, match="are not"):
        told(document, "--check")


def test_a_document_that_is_not_there_is_said_so():
    with pytest.raises(CommandError, match="no finished rendering of a document R9-9"):
        call_command("provenance", "R9-9")


def test_a_text_that_names_figures_everywhere_is_dated_as_a_whole(review):
    given = review.contributions.get()
    given.text = "\n\n".join("Words" if n % 2 else "{{ figures.net }}" for n in range(900))
    type(given).objects.filter(pk=given.pk).update(text=given.text)

    inputs = inputs_of(Document(request=review, number=1, begun_at=now()))

    own = by_place(inputs)["part-2.html"]
    assert len(own) == 900
    assert {one.source["as_of"] for one in own} == {"2026-08-01"}
    assert compose(inputs)


def test_of_an_account_without_figures_every_piece_is_known_as_well(people):
    request = make_request("gathering", sections=1)
    answer(request, "Nothing was ordered.")

    found = traced(inputs_of(Document(request=fresh(request), number=1, begun_at=now())))

    assert [one.piece.says for one in found] == [
        "Dear Kim Kunde,",
        "Thank you.",
        "Yours sincerely,",
        "Nothing was ordered.",
    ]
    assert all(one.whole for one in found)


# The page, and the margin of the internal edition


def test_the_page_shows_the_same_by_paragraph_with_the_source_on_pointing(review):
    document = rendered(review)
    url = reverse("reviews:provenance", args=[document.pk])
    given = review.contributions.get()

    page = signed_in(office("admin")).get(url).content.decode()

    number = len(pieces(json.loads(Rendering.latest(document).inputs.read("inputs"))))
    assert f"{number} of {number} known whole" in page
    assert f'title="Contributor · {given.contributor.name}, {given.section.function} · section, version' in page
    assert "<p title=" in page
    assert url in signed_in(office("admin")).get(document.get_absolute_url()).content.decode()
    assert queries_of(signed_in(office("admin")), url) <= RECORD


def test_whoever_may_not_open_the_file_is_not_told_whose_its_words_are(review):
    document = rendered(review)

    assert signed_in(review.rep).get(reverse("reviews:provenance", args=[document.pk])).status_code == 403


def test_the_internal_edition_alone_marks_whose_each_run_of_paragraphs_is(review):
    inputs = inputs_of(Document(request=review, number=1, begun_at=now())) | {
        "editions": ["screen", "print", "internal"]
    }
    old = {name: value for name, value in inputs.items() if name != "provenance"}

    new, before = compose(inputs), compose(old)

    assert (new["screen"], new["print"]) == (before["screen"], before["print"])
    assert 'class="mark"' not in before["internal"]
    given = review.contributions.get()
    assert (
        f'<p class="mark">“We shipped what we …” {given.contributor.name}, {given.section.function}, section'
        in new["internal"]
    )
    days = r"confirmed <time [^>]*>10 August 2026</time>, data as of <time [^>]*>1 August 2026</time></p>"
    assert re.search(days, new["internal"])


@pytest.mark.process
@pytest.mark.demand("P9")
def test_the_same_bytes_come_out_on_another_day(review, time_machine):
    document = fresh(review).latest_document()
    kept = document.render_inputs() | {"editions": ["screen", "internal"]}
    first = client.render(compose(json.loads(canonical(kept)))).files
    time_machine.move_to("2029-12-24 18:00 +0000")

    again = client.render(compose(json.loads(canonical(kept)))).files

    assert {name: hashlib.sha256(data).hexdigest() for name, data in again.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in first.items()
    }
