import smtplib
from email.message import MIMEPart
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from acr_program.jobs.errors import PermanentError

from .render import choices_url

if TYPE_CHECKING:
    from .models import Message

SIGN_IN_WANTED = {530, 534, 535, 538}  # our own account at the server is wrong: no mail's fault


def send(message: "Message") -> None:
    """Hand one mail to the server. A refusal for good is a PermanentError in words; all else may be tried again."""
    try:
        compose(message).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        judge(message, code, words, error)
    except (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError):
        raise  # the server as a whole is out of order, and somebody will mend it
    except smtplib.SMTPResponseException as error:
        judge(message, error.smtp_code, error.smtp_error, error)
    except smtplib.SMTPNotSupportedError as error:
        raise PermanentError(
            _("The mail server cannot take the address %(address)s.") % {"address": message.address}
        ) from error
    except ValueError as error:  # a header or address that is none
        raise PermanentError(
            _("“%(address)s” is no address that mail can be sent to. Correct it, then send again.")
            % {"address": message.address}
        ) from error


def compose(message: "Message") -> EmailMultiAlternatives:
    """Text and page under the id the row was born with."""
    text, html = message.whole()
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.may_choose:  # no List-Unsubscribe-Post: the page asks who is there first, and opening it does nothing
        headers["List-Unsubscribe"] = f"<{choices_url()}>"
    mail = EmailMultiAlternatives(message.subject, text, to=[message.address], headers=headers)
    mail.attach_alternative(html, "text/html")
    for one in message.enclosed:
        mail.attach(as_file(one))
    return mail


def as_file(enclosed: "dict[str, Any]") -> MIMEPart:
    """What is enclosed as mail programs take it: a calendar file says in its type what is to be done with it."""
    part = MIMEPart()
    params = {"method": enclosed["method"]} if enclosed["method"] else None
    part.set_content(
        enclosed["text"], subtype=enclosed["kind"], disposition="attachment", filename=enclosed["name"], params=params
    )
    return part


def judge(message: "Message", code: int, words: bytes | str, error: Exception) -> None:
    """5xx is for good (rule 5), everything else for now."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    if 500 <= code < 600 and code not in SIGN_IN_WANTED:
        raise PermanentError(
            _("The mail server refused the mail to %(address)s for good: %(code)s %(said)s")
            % {"address": message.address, "code": code, "said": " ".join(said.split())[:300]}
        ) from error
    raise error
