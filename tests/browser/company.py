"""The small company of the browser tests: `python -m tests.browser.company` makes it in an empty data folder."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PASSWORD = "alder-and-fisk-office"
PEOPLE = {
    "manager": ("Max Manager", ["manager"], "Program Manager"),
    "admin": ("Ada Admin", ["admin"], "Program Administrator"),
    "second admin": ("Abel Admin", ["admin"], "Program Administrator"),
    "leader": ("Lena Leader", ["leader"], "Sales Director"),
    "second leader": ("Leo Leader", ["leader"], "Sales Director, Europe"),
    "rep": ("Rita Rep", ["rep"], "Account Manager"),
    "contributor": ("Cora Contributor", ["contributor"], "Head of Logistics"),
    "second contributor": ("Carl Contributor", ["contributor"], "Product Manager"),
    "executive": ("Eva Executive", ["executive"], "Chief Executive"),
    "auditor": ("Aud Auditor", ["auditor"], "Internal Auditor"),
    "everything": (
        "Evi Everything",
        ["manager", "admin", "leader", "rep", "contributor", "executive"],
        "Of all trades",
    ),
}
FREE = [
    "Blue Heron Markets",
    "Galway Bay Provisions",
    "Kauri Coast Lodges",
    "Hanok Table Co.",
    "Érablière Gagnon et Fils",
    "Tatra Dairy Works",
]
LONG = "Société Coopérative des Cantines Scolaires de la Région de Bruxelles-Capitale et du Brabant"
STATES = ["draft", "submitted", "returned", "gathering", "compiling", "in_approval", "changes_requested", "printing",
          "shipped", "delivered", "met", "closed", "cancelled"]  # fmt: skip


def address_of(who: str) -> str:
    return f"{who.replace(' ', '.')}@office.example"


def make_company(out: Path) -> None:
    """People, program, year and templates; accounts free for a review, and one review in each state."""
    from django.contrib.auth.hashers import make_password

    from acr_program.desk.models import SavedView
    from acr_program.people.models import User
    from tests.browser.piloted import pilot
    from tests.chartering import write_charter
    from tests.factories import make_absence, make_account, make_program, make_template, make_user, make_year
    from tests.intake.batches import WAYS, make_batch, make_mapping
    from tests.keyed import keyed

    people: dict[str, User] = {
        who: make_user(*roles, name=name, email=address_of(who), title=title)
        for who, (name, roles, title) in PEOPLE.items()
    }
    User.objects.filter(is_system=False).update(password=make_password(PASSWORD))
    people["rep"].reports_to = people["everything"].reports_to = people["leader"]
    User.objects.bulk_update([people["rep"], people["everything"]], ["reports_to"])
    make_absence(people["auditor"], people["manager"])
    make_program(company="Alder & Fisk", manager=people["manager"], owner=people["executive"])
    make_year()
    write_charter(people)
    make_template("executive", 2, contributors=(people["contributor"], people["second contributor"]))
    make_template("operational", 1, contributors=(people["everything"],))

    accounts = {}
    for name in FREE:
        accounts[name] = make_account(name=name, manager=people["rep"], city="Portland", street="1 Main Street")
        accounts[name].designated_leaders.add(people["second leader"])
    make_account(
        "prospect", name="Half Known & Co.", manager=None, manager_named="jo@crm.example", theater="", country=""
    )
    tell(accounts["Kauri Coast Lodges"], people)
    make_account("prospect", name="Rapa Market", manager=people["everything"])
    for state in WAYS:
        make_batch(state, people["admin"])
    make_mapping(people["admin"])
    SavedView.objects.create(person=people["everything"], list_name="accounts", title="Of mine", query="status=active")
    reviews = one_in_each_state(people)
    undertake(reviews, people)
    leave_the_standard(reviews, people)
    keep_what_one_is_made_of(people)
    say_after_meetings(people)
    ask_about_texts(people)
    choose_for_all(people["everything"])
    talk(reviews, people)
    draft_a_template(people)
    describe_the_process()
    pilot(people)
    keyed().furnish(people)
    kept = {"accounts": {name: row.pk for name, row in accounts.items()}, "reviews": reviews}
    out.write_text(json.dumps(kept | {"links": [*links(reviews, people), *keyed().links(people)]}))


def links(reviews: dict[str, int], people: dict[str, Any]) -> list[str]:
    """Where those are led who answer from the mail: a section to write, an approval to decide."""
    from django.urls import reverse

    from acr_program.links.models import Link
    from reviews.actions.by_link import DECIDE, TOUCH, WRITE
    from reviews.models import Approval, InformationRequest, PrintOrder
    from reviews.models.handover import PURPOSE as PRINTER
    from tests.reviews.feedback import answered, asked, links_to
    from tests.reviews.library import a_touch

    section = InformationRequest.objects.filter(request=reviews["gathering"])[0]
    approval = Approval.objects.get(request=reviews["in_approval"])
    found = []
    touch = a_touch(people["contributor"])
    to = ((WRITE, section, section.contributor), (DECIDE, approval, approval.approver), (TOUCH, touch, touch.person))
    for purpose, thing, person in to:
        person.by_link = True
        person.save(update_fields=["by_link"])
        token = Link.issue(purpose, thing, person=person, code=True)[1]
        found.append(reverse(f"reviews:{purpose}", args=[token]))
    order = PrintOrder.objects.get(request=reviews["printing"])
    token = Link.issue(PRINTER, order)[1]
    order.handovers.update(token=token)  # the one that the printer is given, whenever it is handed over
    found.append(reverse("reviews:printer", args=[token]))
    return found + [urlsplit(url).path for one in (asked(), answered()) for url in links_to(one)]


def ask_about_texts(people: dict[str, Any]) -> None:
    """A text in each state, and whoever answers for it asked in quarters that ended in each way."""
    from reviews.choices_library import RevisionStatus, TouchStatus
    from tests.reviews.library import a_text, a_touch, let_go_stale

    for state in RevisionStatus.values:
        a_text(people["everything"], state)
    for state in TouchStatus.values:
        a_touch(people["everything"], state, kind="star" if state == TouchStatus.ANSWERED else "contributor")
    a_touch(people["everything"], kind="star")
    let_go_stale(a_text(people["everything"]).item.key)


def choose_for_all(person: Any) -> None:
    """Every review chosen to be cancelled, looked at and not yet confirmed."""
    from django.contrib.contenttypes.models import ContentType

    from acr_program.bulk import actions
    from acr_program.bulk.models import Bulk
    from reviews.models import ReviewRequest

    bulk = Bulk(
        person=person,
        step="cancel",
        content_type=ContentType.objects.get_for_model(ReviewRequest),
        list_name="requests",
    )
    step = ReviewRequest.declared_steps()["cancel"]
    actions.keep(bulk, actions.looked_at(bulk, ReviewRequest.objects.for_list(), step, person))


def draft_a_template(people: dict[str, Any]) -> None:
    """A draft of the operational template with a conditional section, tried on one account in vain and on another well."""
    from accounts.models import Account
    from reviews.actions.template_editing import add_section, begin_draft
    from reviews.models import TemplateVersion, Trial
    from tests.factories import fresh, try_out

    manager, published = people["manager"], TemplateVersion.objects.published("operational")
    draft, _new = begin_draft(published, by=manager)
    fields = {
        "title": "What {{ customer.name }} keeps cold", "kind": "standard",
        "body": "<p>Never above <strong>4 °C</strong>.</p>", "conditions": {"theater": ["EMEA"], "tier": ["strategic"]},
    }  # fmt: skip
    add_section(draft, fields, by=manager, seen=draft.version)
    draft = fresh(draft)
    account = Account.objects.get(name=LONG)
    about = {"template": draft, "at_version": draft.version, "account": account, "asked_by": manager}
    Trial.objects.create(**about, state="failed", error="The letter: there is no token “customer.nobody”.")
    try_out(draft)


def describe_the_process() -> None:
    """A version in each state; in the draft a step has nobody yet, and other days."""
    from tests.reviews.processes import each_state, written

    written(each_state()[-1], "delivered", {("printed", "printing"): 6}, owner="", guidance="Ask the carrier. " * 30)


def tell(account: Any, people: dict[str, Any]) -> None:
    """Three years of orders and their figures; a fact that holds, one that held, a note, a figure and its correction."""
    from decimal import Decimal

    from django.utils.timezone import localdate

    from accounts.actions import end_fact, enter_figure, pin, recompute, say_fact
    from tests.accounts.orders import order
    from tests.factories import fresh

    rep, today = people["rep"], localdate()
    for n in range(36):
        day = today - timedelta(days=30 * n + 20)
        lines = [
            (str(9 + n % 5), "99.90", "0.05", kind) for kind in ("Cheese", "Jam", "Fish", "Ices", "Tea")[: 1 + n % 5]
        ]
        late = (day + timedelta(days=5 + n % 3)).isoformat()
        order(
            account,
            day.isoformat(),
            *lines,
            required=(day + timedelta(days=6)).isoformat(),
            shipped=late if n else None,
        )
    recompute([account.pk], by=people["admin"], source="Order system", as_of=today)
    for kind in ("rfp", "negotiation"):
        fact = say_fact(
            account, by=rep, seen=fresh(account).version, kind=kind, since_on=today, reason="Their buyer told us."
        )
    end_fact(fact, by=rep, seen=fresh(account).version, reason="Signed.")
    pin(account, by=rep, seen=fresh(account).version, text="Never mention the fire in the old dairy.")
    for value in ("12.5", "13"):
        enter_figure(
            account, by=rep, seen=fresh(account).version, kind="margin", quarter_begins_on=today, value=Decimal(value),
            source="Controlling", as_of=today,
        )  # fmt: skip


def talk(reviews: dict[str, int], people: dict[str, Any]) -> None:
    """Words and files beside an account, a request, its section and its document."""
    from reviews.models import ReviewRequest
    from tests.desk.saying import all_beside

    review = ReviewRequest.objects.get(pk=reviews["in_approval"])
    for record in (review.account, review, review.contributions.first(), review.latest_document()):
        all_beside(record, people["everything"], people["admin"])


def undertake(reviews: dict[str, int], people: dict[str, Any]) -> None:
    """Follow-ups in each state, one of them late; and a section of commitments with lines, that came back to be mended."""
    from django.utils.timezone import localdate

    from reviews.actions.noting import mark, write_note
    from reviews.models import ReviewRequest, Section
    from tests.factories import make_account, make_request, office, take
    from tests.reviews.meetings import planned
    from tests.reviews.promises import a_follow_up, commit

    met, owner = ReviewRequest.objects.get(pk=reviews["delivered"]), people["everything"]
    for state in ("open", "in_progress", "done", "dropped"):
        a_follow_up(owner, state, request=met)
    a_follow_up(owner, request=met, what="Propose a second source for citrus.", due_on=localdate() - timedelta(days=9))
    meeting = planned(
        met.meetings.get(), at="14:30", meeting_place="Portland", agenda="1. The year\n2. What comes next"
    )
    for line in ("The dock is too narrow for the new lorries.", "They like the new labels."):
        write_note(meeting, by=met.rep, text=line)
    said = {"what": "Widen the dock.", "owner": owner, "due_on": localdate() + timedelta(days=30)}
    mark(meeting, meeting.notes.all()[0], by=met.rep, **said)
    Section.objects.filter(template__audience="operational", kind="input").update(kind="commitments")
    account = make_account(name="Kauri & Sons", manager=owner)
    part = make_request("gathering", audience="operational", account=account).contributions.get()
    lines = [commit(), commit("Name one person for claims.", "", side="you", due_on=None)]
    take(part, "submit", part.contributor, text="A good year lies ahead.", lines=lines)
    take(part, "send_back", office("admin"), comment="Three at most, and who does the second?")


def leave_the_standard(reviews: dict[str, int], people: dict[str, Any]) -> None:
    """Deviations in each state: one waits for the program manager, and one is allowed after two came to nothing."""
    from reviews.actions.deviating import propose
    from reviews.models import Deviation, ReviewRequest
    from tests.factories import make_account, make_request, office, take

    account = make_account(name="Plain & Simple", manager=people["everything"])
    other = make_request("gathering", account=account, rep=people["everything"])

    def proposed(review: ReviewRequest) -> Deviation:
        text, reason = "Dear friends.\n\nThank you for another year.", "We have known them for long."
        letter = review.template.sections.get(key="letter")
        return propose(review, letter, by=people["everything"], text=text, reason=reason)

    for step, said in (
        ("refuse", {"comment": "The standard will do."}),
        ("withdraw", {"comment": "Not now."}),
        ("allow", {}),
    ):
        take(proposed(other), step, office("manager"), **said)
    proposed(ReviewRequest.objects.get(pk=reviews["gathering"]))


def keep_what_one_is_made_of(people: dict[str, Any]) -> None:
    """A document whose inputs are on file, so that its pages say whose each paragraph is."""
    from tests.factories import make_account
    from tests.reviews.work import to_approval

    to_approval(account=make_account(name="Medlar & Quince", manager=people["everything"]))


def say_after_meetings(people: dict[str, Any]) -> None:
    """Customers and representatives in each state of their feedback, and suggestions in each of theirs."""
    from tests.factories import make_account, make_user, office, take
    from tests.reviews.feedback import answered, asked, held, speak
    from tests.reviews.voices import a_star

    def mine(name: str) -> dict[str, Any]:
        return {"account": make_account(name=name, manager=people["everything"])}

    held(**mine("Sorrel Foods"))
    asked(**mine("Tansy Catering"))
    take(answered(**mine("Rue Hotels")), "void", office("admin"), comment="It was not theirs.")
    silent = asked(**mine("Dill Bakeries")).request
    speak(silent)
    take(silent, "close", office("admin"), comment="They do not answer.")
    for state in ("nominated", "confirmed", "declined", "ended"):
        a_star(
            make_user("rep", name=f"Star {state.title()}", reports_to=people["everything"]), people["everything"], state
        )
    ends: tuple[tuple[str, ...], ...] = ((), ("adopt",), ("decline",))
    for number, steps in enumerate(ends):
        request = answered(**mine(f"Fennel House {number}")).request
        one = speak(request, about="stage:gathering", words="Ask a week earlier.").suggestions.get()
        for name in steps:
            take(one, name, office("manager"), comment="From the new year on.")


def one_in_each_state(people: dict[str, Any]) -> dict[str, int]:
    """A review of its own account for each state; their documents count as drawn, so the renderer is not kept busy."""
    from acr_program.render.models import Rendering
    from tests.factories import make_account, make_request

    found = {}
    for state in STATES:
        name = LONG if state == "gathering" else f"The {state.replace('_', ' ').title()} Company"
        account = make_account(name=name, manager=people["everything"], city="Bruxelles")
        found[state] = make_request(state, account=account, rep=people["everything"]).pk
    Rendering.objects.update(state="done", stage="done")
    return found


def main(make: Callable[[Path], None]) -> None:
    """Make a company by what the office is asked for, and write what the tests have to know of it to the path named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acr_program.settings")
    import django

    django.setup()
    make(Path(sys.argv[1]))


if __name__ == "__main__":
    main(make_company)
