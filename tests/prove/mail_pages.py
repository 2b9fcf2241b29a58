"""Mails ruled before they go, chosen and read by whom they are for; and evidence that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from acr_program.desk.mail_choices import chosen_by
from acr_program.exports.models import Export
from acr_program.jobs.models import State
from acr_program.outbox.choices import Course
from acr_program.outbox.holding import Act, rule
from acr_program.outbox.models import Message, Ruling
from tests.factories import fresh

from .company import Company
from .forms import review
from .pages import Page, Sent, sent


def mail_pages(company: Company) -> Iterator[Page]:
    admin, rep = company.people["admin"], company.people["rep"]

    def waiting() -> Message:
        """The newest mail that nobody has sent yet."""
        return Message.objects.filter(state=State.QUEUED, course=Course.DIRECT).latest("created_at")

    def ruled(act: str) -> Callable[[], Sent]:
        def make() -> Sent:
            mail = waiting()
            if act == Act.RELEASE:
                rule(mail, Act.HOLD, by=admin, reason="Not before Monday.")
            rulings = Ruling.objects.filter(message=mail, act=act)
            return sent(f"desk:mail-{act}", mail.pk, rows=rulings, reason="Said by telephone.")

        return make

    def chosen() -> Sent:
        me = fresh(company.people["leader"])
        return sent("desk:my-mails", of=me, **chosen_by(me) | {"step": "digest", "digest_hour": "17"})

    def read() -> Sent:
        mail = Message.objects.filter(person=rep, state=State.QUEUED, course=Course.DIRECT).latest("created_at")
        Message.objects.filter(pk=mail.pk).update(course=Course.DIGEST)
        return sent("desk:digest-read", rows=Message.objects.filter(person=rep, course=Course.LEFT_OUT))

    for act in (Act.HOLD, Act.RELEASE, Act.DROP):
        yield Page(f"desk:mail-{act}", "admin", ruled(act))
    yield Page("desk:my-mails", "leader", chosen)
    yield Page("desk:digest-read", "rep", read)


def evidence(company: Company) -> Iterator[Page]:
    def asked(name: str, who: str, *more: str) -> Page:
        def make() -> Sent:
            one = review(company, "delivered")
            return sent(name, one.account_id, *(more or (one.year_id,)), rows=Export.objects.filter(person=who_is))

        who_is = company.people[who]
        return Page(name, who, make)

    yield asked("reviews:evidence", "admin")
    yield asked("reviews:audit-trail", "auditor", "csv")
