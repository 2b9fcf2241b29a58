"""What people have put beside a row that an import made keeps the row: comments, files, “I am on it”."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey

from accounts.models import Account
from acr_program.desk.beside import attaching, holding
from acr_program.desk.models import Attachment, Comment, Presence
from acr_program.intake.models import Kept
from acr_program.intake.undoing import beside
from acr_program.workflow.seals import verify
from tests.desk.saying import comment_beside, file_beside

from .files import ACCOUNTS, account, table, take, taken_in

pytestmark = [pytest.mark.django_db, pytest.mark.demand("R-21")]

BOOKS = {
    "workflow.logentry", "workflow.obligation", "outbox.message", "links.link", "render.rendering",
}  # fmt: skip  # what the program writes of a row by itself


def test_a_row_beside_which_somebody_put_something_is_listed_and_stays(people):
    office, rep = people["admin"], people["rep"]
    rows = [account(f"A{n}", f"Customer {n}") for n in range(1, 7)]
    batch = taken_in(table(ACCOUNTS, rows), "accounts", office)
    said, filed, withdrawn, held, left = Account.objects.order_by("code")[:5]
    comment = comment_beside(said, office)
    file_beside(filed, office)
    attaching.remove(file_beside(withdrawn, office), by=office)
    holding.hold(held, by=office)
    holding.hold(left, by=office)
    holding.release(left, by=office)

    done = take(batch, "undo", office)

    assert (done.counts["undone"], done.counts["left"]) == (2, 4)
    assert sorted(Account.objects.values_list("code", flat=True)) == ["A1", "A2", "A3", "A4"]
    assert dict(Kept.objects.exclude(left="").values_list("label", "left")) == {
        "Customer 1": "Something hangs on it by now (comment), so it stays.",
        "Customer 2": "Something hangs on it by now (attachment), so it stays.",
        "Customer 3": "Something hangs on it by now (attachment), so it stays.",
        "Customer 4": "Something hangs on it by now (presence), so it stays.",
    }
    assert Comment.objects.get().about == said == comment.about
    assert rep.pk not in beside(type(rep), [rep.pk])
    assert list(verify()) == []


def test_somebody_who_was_on_it_hours_ago_keeps_nothing(people, later):
    batch = taken_in(table(ACCOUNTS, [account("A1", "Customer")]), "accounts", people["admin"])
    holding.hold(Account.objects.get(), by=people["admin"])

    later(hours=3)

    assert take(batch, "undo", people["admin"]).counts["undone"] == 1
    assert not Account.objects.exists()


def test_nothing_else_is_put_beside_a_row():
    """Whoever adds a kind of row that names any other row says here whether it keeps what an import made."""
    generic = {
        model._meta.label_lower
        for model in apps.get_models()
        if any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields)
    }

    assert generic == BOOKS | {model._meta.label_lower for model in (Comment, Attachment, Presence)}
