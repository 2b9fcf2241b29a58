"""What representatives had said as plain text is theirs still, as their feedback; and nothing is lost on the way back."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from reviews.models import CustomerFeedback, RepFeedback
from tests.factories import make_request

pytestmark = pytest.mark.django_db
PLAIN = "ALTER TABLE reviews_reviewrequest ADD COLUMN rep_feedback text NOT NULL DEFAULT ''"


def the_move():
    """The migration, and the models as they stood before it."""
    loader = MigrationLoader(connection)
    name = next(
        name for app, name in loader.disk_migrations if app == "reviews" and name.endswith("feedback_old_words")
    )
    return import_module(f"reviews.migrations.{name}"), loader.project_state(("reviews", name)).apps


@pytest.fixture
def before():
    """Two reviews as they stood: one closed with words, one between its meeting and its close without any."""
    closed, met = make_request("closed"), make_request("met")
    RepFeedback.objects.all().delete()
    CustomerFeedback.objects.all().delete()
    connection.check_constraints()  # PostgreSQL alters no table while something about it is still to be checked
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        cursor.execute(
            "UPDATE reviews_reviewrequest SET rep_feedback = 'Open and friendly.' WHERE id = %s", [closed.pk]
        )
    return closed, met


def test_old_words_become_feedback_and_who_has_said_nothing_is_asked(before):
    closed, met = before
    move, old = the_move()

    move.keep(old, None)

    assert list(RepFeedback.objects.order_by("pk").values_list("request", "status", "worked")) == [
        (closed.pk, "given", "Open and friendly."), (met.pk, "asked", ""),
    ]  # fmt: skip
    assert list(CustomerFeedback.objects.values_list("request", "status")) == [(met.pk, "planned")]


def test_on_the_way_back_the_words_stand_where_they_stood(before):
    closed, _met = before
    move, old = the_move()
    move.keep(old, None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_reviewrequest SET rep_feedback = ''")

    move.give_back(old, None)

    reviews = old.get_model("reviews", "ReviewRequest")
    assert reviews.objects.get(pk=closed.pk).rep_feedback == "Open and friendly."
    assert "rep_feedback" not in {field.name for field in apps.get_model("reviews", "ReviewRequest")._meta.fields}
