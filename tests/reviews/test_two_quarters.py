"""Two quarters on the real Celery tasks: everybody asked once, reminded and escalated on the right working days, answers of
all three kinds and one that never comes, and the stale mark in the document compiled then (issue 6, R-09, M12)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import localdate

from acr_program.charter.models import Function
from acr_program.jobs import tasks
from acr_program.jobs.work import drain
from acr_program.outbox.models import Message
from acr_program.render.document import compose
from acr_program.render.editions import of_office
from acr_program.workflow.days import is_working
from acr_program.workflow.seals import verify
from reviews.actions.waiving import waive
from reviews.choices_library import TouchStatus as S
from reviews.models import Revision, Section, TouchPoint
from tests.factories import (
    fresh,
    make_function,
    make_program,
    make_request,
    make_template,
    make_user,
    make_year,
    office,
    take,
)
from tests.reviews.library import the_text
from tests.reviews.work import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-09"), pytest.mark.slow]

BEGIN = date(2027, 12, 16)
Q1, Q2 = date(2028, 1, 1), date(2028, 4, 1)  # both begin on a Saturday
ASKED = {Q1: date(2028, 1, 3), Q2: date(2028, 4, 3)}
TEXTS = {"ordering": "cora", "returns": "cora", "quality": "carl", "laboratory": "lou"}


class Office:
    """The office under a travelled clock: working days pass, and on each the beat rings as it does."""

    def __init__(self, later: Any) -> None:
        self.later = later
        self.today = BEGIN
        self.later.to(datetime.combine(BEGIN, time(9), UTC))
        lead = make_user("leader", name="Lea Lead")
        self.manager = office("manager")
        self.people = {
            "cora": make_user("contributor", name="Cora Contributor", reports_to=lead),
            "carl": make_user("contributor", name="Carl Contributor", reports_to=lead),
            "lou": make_user("contributor", name="Lou Logan", by_link=True),
            "manager": self.manager,
        }
        self.lead = lead
        make_program(manager=self.manager)
        make_year(begins_on=date(2027, 1, 1), ends_on=date(2029, 12, 31))
        owners = {who: make_function(f"Function of {who}", self.people[who]) for who in ("cora", "carl", "lou")}
        template = make_template(sections=1, contributors=(self.people["cora"],), status="draft")
        for place, (key, who) in enumerate(TEXTS.items(), start=5):
            Section.objects.create(
                template=template, place=place, key=key, title=key.title(), kind="standard", body=f"All about {key}.",
                function=owners[who],
            )  # fmt: skip
        self.template = take(template, "publish", self.manager)

    def until(self, day: date, every: int = 1) -> None:
        """Through every working morning up to this one, or one of so many; the beat's own tasks do what is to be done."""
        while self.today < day:
            self.today += timedelta(days=1)
            if self.today == day or (is_working(self.today) and self.today.toordinal() % every == 0):
                self.later.to(datetime.combine(self.today, time(8, 30), UTC))
                tasks.tick.apply(throw=True)
                tasks.sweep.apply(throw=True)
                drain(["outbox.Message"])

    def touch(self, who: str, quarter: date) -> TouchPoint:
        return TouchPoint.objects.for_page().get(person=self.people[who], quarter=quarter)

    def told(self, kind: str, who: str) -> list[date]:
        """On which days this person got such a mail."""
        person = self.people.get(who, self.lead)
        rows = Message.objects.filter(kind=kind, address=person.email).order_by("created_at")
        return [localdate(row.created_at) for row in rows if "touch-point" in (row.subject + row.text).lower()]

    def asked(self, who: str) -> list[date]:
        rows = Message.objects.filter(kind="touch_point", address=self.people[who].email).order_by("created_at")
        return [localdate(row.created_at) for row in rows]


def answers(touch: TouchPoint, **said: tuple[str, str, str]) -> dict[str, str]:
    """The form as it is filled in: by key of the text its answer, its new text and the words; all else is unchanged."""
    data = {"seen": str(touch.version), "key": f"answers-{touch.pk}"}
    for question in touch.questions.select_related("item__current"):
        key = question.item.key if question.item else "beyond"
        answer, text, words = said.get(key, ("unchanged", "", ""))
        data |= {f"answer_{question.pk}": answer, f"words_{question.pk}": words}
        if question.item:
            data[f"text_{question.pk}"] = text or question.item.current.text
    return data


@pytest.fixture
def place(later: Any) -> Office:
    return Office(later)


def test_two_quarters(place: Office) -> None:
    mail.outbox.clear()
    # The quarter is planned ahead; nobody is asked on its first day, a Saturday, nor before.
    place.until(date(2027, 12, 31))
    assert {touch.status for touch in TouchPoint.objects.of(Q1)} == {S.SCHEDULED}
    place.until(ASKED[Q1])
    assert {who: place.asked(who) for who in place.people} == {who: [ASKED[Q1]] for who in place.people}
    assert place.touch("cora", Q1).questions.exclude(item=None).count() == 2

    # Unchanged, in one click.
    cora = signed_in(place.people["cora"])
    touch = place.touch("cora", Q1)
    cora.post(f"{touch.get_absolute_url()}steps/confirm_unchanged/", {"seen": touch.version, "key": "c1"})
    assert place.touch("cora", Q1).status == S.CONFIRMED
    assert {the_text(key).fresh_until for key in ("ordering", "returns")} == {date(2028, 6, 30)}

    # Something new, by the link of the mail and its code.
    letter = next(one for one in mail.outbox if one.to == [place.people["lou"].email] and "/touch/" in one.body)
    path = re.search(r"(/reviews/touch/[\w-]+/)", str(letter.body))[1]
    code = re.search(r"\b(\d{3} ?\d{3})\b", str(letter.body))[1]
    lou, touch = Client(), place.touch("lou", Q1)
    assert lou.get(path).status_code == 200
    filled = answers(touch, laboratory=("added", "", "A second laboratory opened in Lyon."))
    assert lou.post(f"{path}answer/", filled | {"code": "000000"}).status_code == 400
    assert lou.post(f"{path}answer/", filled | {"code": code}).status_code == 302
    assert place.touch("lou", Q1).status == S.CHANGED
    assert "Lou Logan" in lou.get(path).content.decode()

    # Silence: reminded after five and after eight working days, once each; after ten lead and manager hear of it.
    place.until(date(2028, 1, 17))
    assert place.told("reminder", "carl") == [date(2028, 1, 10), date(2028, 1, 13)]
    assert place.told("escalation", "lead") == [date(2028, 1, 17)]
    assert date(2028, 1, 17) in place.told("escalation", "manager")
    assert place.told("reminder", "cora") == place.told("reminder", "lou") == []

    # Changed, and late: a new text waits; the old one stays in use until it is accepted.
    touch, carl = place.touch("carl", Q1), signed_in(place.people["carl"])
    filled = answers(touch, quality=("changed", "All about quality, since 2028.", "The new standard."))
    assert carl.post(f"{touch.get_absolute_url()}answer/", filled).status_code == 302
    assert place.touch("carl", Q1).status == S.CHANGED
    proposed = Revision.objects.get(status="proposed")
    assert (proposed.author, the_text("quality").text) == (place.people["carl"], "All about quality.")
    take(proposed, "accept", place.manager)
    assert the_text("quality").text == "<p>All about quality, since 2028.</p>"
    touch = place.touch("manager", Q1)
    take(touch, "confirm_unchanged", place.manager)

    # Nobody who has answered is reminded any more, and the quarter ends with every answer in.
    place.until(date(2028, 3, 31), every=5)
    assert place.told("reminder", "carl") == [date(2028, 1, 10), date(2028, 1, 13)]
    place.until(ASKED[Q2])
    assert not TouchPoint.objects.of(Q1).filter(status__in=[S.SCHEDULED, S.ASKED, S.MISSED]).exists()
    assert {who: place.asked(who) for who in place.people} == {
        who: [ASKED[Q1], ASKED[Q2]] for who in place.people
    }  # once a quarter

    # The second quarter: all but Carl confirm; his lapses, and his text alone goes stale.
    for who in ("cora", "lou", "manager"):
        take(place.touch(who, Q2), "confirm_unchanged", place.people[who])
    request = make_request("gathering", meeting_on=date(2028, 9, 4))
    place.until(date(2028, 6, 30), every=5)
    assert place.touch("carl", Q2).status == S.ASKED
    assert not [key for key in TEXTS if the_text(key).is_stale(localdate())]
    place.until(date(2028, 7, 3))
    assert place.touch("carl", Q2).status == S.MISSED
    assert [key for key in TEXTS if the_text(key).is_stale(localdate())] == ["quality"]
    assert Message.objects.filter(kind="touch_missed").count() == 1

    # The document compiled then carries the mark where the office reads, and not where the customer does.
    for section in request.contributions.all():
        take(section, "submit", section.contributor, text="We shipped what we promised.")
        take(section, "accept", office("admin"))
    assert fresh(request).status == "gathering"
    waive(request, the_text("quality").pk, by=place.manager, reason="It is on its way.")
    document = fresh(request).latest_document()
    pages = compose(document.render_inputs() | of_office())
    assert "since 2028" in pages["internal"]
    assert {edition: pages[edition].count('class="stale"') for edition in ("internal", "screen", "print")} == {
        "internal": 1, "screen": 0, "print": 0,
    }  # fmt: skip
    assert "Nobody has confirmed this text" in pages["internal"]
    assert "Nobody has confirmed" not in pages["screen"] + pages["print"]

    # Late is better than never.
    take(place.touch("carl", Q2), "confirm_unchanged", place.people["carl"])
    assert not the_text("quality").is_stale(localdate())
    assert list(verify()) == []
    assert Function.objects.filter(contributor=place.people["carl"]).count() == 1
