from datetime import UTC, datetime

from django.utils import timezone

from acr_program.outbox.models import Message
from acr_program.people.models import User

from .mails import mail_to


def test_times_are_shown_in_the_readers_zone(people, as_person):
    auckland, nowhere = people["rep"], people["leader"]
    User.objects.filter(pk=auckland.pk).update(time_zone="Pacific/Auckland")
    User.objects.filter(pk=nowhere.pk).update(time_zone="No/Where")
    mail_to(auckland)
    mail_to(nowhere)
    Message.objects.update(created_at=datetime(2026, 1, 5, 22, 30, tzinfo=UTC))

    assert "Tue 6 Jan" in as_person(auckland).get("/messages/").content.decode()
    assert "Mon 5 Jan" in as_person(nowhere).get("/messages/").content.decode()
    assert timezone.get_current_timezone_name() == "UTC"
