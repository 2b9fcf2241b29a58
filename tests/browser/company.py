"""The small company of the browser tests: `python -m tests.browser.company` makes it in an empty data folder."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

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
    from tests.factories import make_absence, make_account, make_program, make_template, make_user, make_year
    from tests.intake.batches import WAYS, make_batch, make_mapping

    password = make_password(PASSWORD)
    people: dict[str, User] = {
        who: make_user(*roles, name=name, email=address_of(who), title=title)
        for who, (name, roles, title) in PEOPLE.items()
    }
    User.objects.filter(is_system=False).update(password=password)
    people["rep"].reports_to = people["everything"].reports_to = people["leader"]
    User.objects.bulk_update([people["rep"], people["everything"]], ["reports_to"])
    make_absence(people["auditor"], people["manager"])
    make_program(company="Alder & Fisk", manager=people["manager"], owner=people["executive"])
    make_year()
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
    choose_for_all(people["everything"])
    talk(reviews, people)
    kept = {"accounts": {name: row.pk for name, row in accounts.items()}, "reviews": reviews}
    out.write_text(json.dumps(kept | {"links": links(reviews, people)}))


def links(reviews: dict[str, int], people: dict[str, Any]) -> list[str]:
    """Where those are led who answer from the mail: a section to write, an approval to decide."""
    from django.urls import reverse

    from acr_program.links.models import Link
    from reviews.actions.by_link import DECIDE, WRITE
    from reviews.models import Approval, InformationRequest

    section = InformationRequest.objects.filter(request=reviews["gathering"])[0]
    approval = Approval.objects.get(request=reviews["in_approval"])
    found = []
    for purpose, thing, person in ((WRITE, section, section.contributor), (DECIDE, approval, approval.approver)):
        person.by_link = True
        person.save(update_fields=["by_link"])
        token = Link.issue(purpose, thing, person=person, code=True)[1]
        found.append(reverse(f"reviews:{purpose}", args=[token]))
    return found


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


def main(out: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "acr_program.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    make_company(Path(out))


if __name__ == "__main__":
    main(sys.argv[1])
