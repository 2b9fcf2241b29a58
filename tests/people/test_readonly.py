"""A GET is answered from a database that refuses writes, also by a process that has just been started."""

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.db.models import F
from django.db.models.functions import JSONObject

from acr_program.people.readonly import read_only
from tests.factories import make_user


@pytest.mark.django_db(transaction=True)
@pytest.mark.demand("P23")
def test_what_the_database_can_do_is_known_before_it_refuses_writes():
    make_user("rep")
    connection.features.__dict__.pop("supports_json_field", None)

    with read_only():
        shown = get_user_model().objects.values_list(JSONObject(mail=F("email")), flat=True).first()

    assert "@" in shown["mail"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.demand("P23")
def test_a_write_is_refused():
    person = make_user("rep")

    with pytest.raises(Exception) as refused, read_only():
        get_user_model().objects.filter(pk=person.pk).update(title="Somebody else")

    assert isinstance(refused.value, OperationalError) or "read-only" in str(refused.value)
    person.refresh_from_db()
    assert person.title != "Somebody else"
