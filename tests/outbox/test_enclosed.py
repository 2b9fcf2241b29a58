"""What goes with a mail as a file: kept in its row, and as mail programs take it."""

import pytest

from acr_program.jobs.work import drain
from acr_program.outbox.models import Message
from acr_program.outbox.post import Enclosure, post
from tests.factories import make_user

pytestmark = pytest.mark.django_db
FILE = "BEGIN:VCALENDAR\r\nSUMMARY:Überblick\r\nEND:VCALENDAR\r\n"


def test_a_calendar_file_goes_with_the_mail_and_says_what_is_to_be_done_with_it(smtp):
    person = make_user()
    enclosed = Enclosure("meeting.ics", "calendar", FILE, method="REQUEST")

    [message] = post(person, key="k", to=[person], template="invitation", enclosed=[enclosed])
    drain()

    [mail] = smtp.mails
    text, file = mail.iter_parts()
    assert [part.get_content_type() for part in text.iter_parts()] == ["text/plain", "text/html"]
    assert (file.get_content_type(), file.get_param("method"), file.get_filename()) == (
        "text/calendar", "REQUEST", "meeting.ics",
    )  # fmt: skip
    assert file.get_content().replace("\r\n", "\n") == FILE.replace("\r\n", "\n")
    kept = Message.objects.get(pk=message.pk).enclosed
    assert kept == [{"name": "meeting.ics", "kind": "calendar", "text": FILE, "method": "REQUEST"}]
