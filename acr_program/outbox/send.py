import smtplib
from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from acr_program.jobs.errors import PermanentError

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
    mail = EmailMultiAlternatives(message.subject, text, to=[message.address], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail


def judge(message: "Message", code: int, words: bytes | str, error: Exception) -> None:
    """5xx is for good (rule 5), everything else for now."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    if 500 <= code < 600 and code not in SIGN_IN_WANTED:
        raise PermanentError(
            _("The mail server refused the mail to %(address)s for good: %(code)s %(said)s")
            % {"address": message.address, "code": code, "said": " ".join(said.split())[:300]}
        ) from error
    raise error
