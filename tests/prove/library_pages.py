"""The pages of the library and of the touch-points whose form is no step: what is typed, and what comes of it once."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.models import Account
from acr_program.workflow.log import LogEntry
from reviews.models import Question, Revision, StaleWaiver
from tests.factories import make_account, make_request
from tests.reviews.library import a_text, a_touch, let_go_stale, new_words_typed, the_text

from .company import Company
from .pages import Page, Sent, sent


def library_pages(company: Company) -> Iterator[Page]:
    writer, rep = company.people["contributor"], company.people["rep"]

    def proposed() -> Sent:
        item = a_text(writer).item
        rows = Revision.objects.filter(item=item, status="proposed")
        return sent("reviews:library-propose", item.pk, rows=rows, text="All about it, once.", note="It moved.")

    def for_a_unit() -> Sent:
        Account.objects.filter(pk=make_account(manager=rep).pk).update(business_unit="Dairy")
        item = a_text(writer).item
        rows = Revision.objects.filter(item__key=item.key, item__unit="Dairy")
        return sent("reviews:library-unit", item.pk, rows=rows, unit="Dairy", text="Of milk.", note="They sell milk.")

    def waived() -> Sent:
        request = make_request("gathering", account=make_account(manager=rep))
        let_go_stale("letter")
        rows = (StaleWaiver.objects.filter(request=request), LogEntry.objects.of(request).filter(step="edit"))
        return sent("reviews:waive-stale", request.pk, the_text("letter").pk, rows=rows, reason="It was read.")

    def answered() -> Sent:
        touch = a_touch(writer)
        rows = (
            Question.objects.filter(touch=touch, answer="changed"),
            LogEntry.objects.of(touch).filter(step="report_change"),
        )
        return sent("reviews:touch-answer", touch.pk, rows=rows, seen=touch.version, **new_words_typed(touch))

    yield Page("reviews:library-propose", "contributor", proposed)
    yield Page("reviews:library-unit", "contributor", for_a_unit)
    yield Page("reviews:touch-answer", "contributor", answered)
    yield Page("reviews:waive-stale", "manager", waived)
