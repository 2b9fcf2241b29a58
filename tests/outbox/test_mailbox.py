"""Mail kept as files: what somebody finds who opens the folder."""

import email
import email.policy

from django.core.mail import EmailMultiAlternatives

from acr_program.outbox.mailbox import EmailBackend

LINK = f"http://127.0.0.1:8000/reviews/delivered/{'Ab9-' * 40}/"


def mail(subject):
    made = EmailMultiAlternatives(subject, f"Dear Zoë,\n\nOpen it: {LINK}\n", to=["zoe@acme.test"])
    made.attach_alternative(f'<p>Zoë</p><a href="{LINK}">Open it</a>', "text/html")
    return made


def test_each_mail_is_its_own_file_and_its_link_stands_in_one_piece(tmp_path):
    assert EmailBackend(alias="default", file_path=str(tmp_path)).send_messages([mail("One"), mail("Two")]) == 2

    files = sorted(tmp_path.iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    read = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]
    assert {one["Subject"] for one in read} == {"One", "Two"}
    for path in files:
        assert path.read_text().count(LINK) == 2
        assert "Dear Zoë," in path.read_text()
