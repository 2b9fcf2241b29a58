"""What people put beside a record: comments with mentions, files, that they are on it; and their views of lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from acr_program.desk.beside import talking
from acr_program.desk.keeping import open_with
from acr_program.desk.models import Attachment, Comment, DefaultView, Mention, Presence, SavedView
from acr_program.files.models import StoredFile
from acr_program.outbox.models import Message
from acr_program.people.models import User
from tests.desk.saying import comment_beside, file_beside, mention_beside
from tests.factories import make_account
from tests.files.hostile import pdf
from tests.keyaccounts.making import a_membership
from tests.keyaccounts.making_plan import a_plan

from .company import Company
from .forms import review
from .pages import Page, Sent, sent

NAMED = "@max.manager should read this."


def beside(company: Company) -> Iterator[Page]:
    """Beside every kind of record, then what can be done with one comment, mention and file."""
    rep, named = company.people["rep"], company.people["manager"]

    @cache
    def records() -> dict[str, Any]:
        """One of each kind; what is put beside one is no effect of another form."""
        request = review(company, "compiling")
        return {
            "accounts:account": request.account, "reviews:request": request,
            "reviews:contribution": request.contributions.first(), "reviews:document": request.latest_document(),
            "keyaccounts:membership": a_membership("nominated", make_account(manager=rep)),
            "keyaccounts:plan": a_plan("draft", make_account(manager=rep)),
        }  # fmt: skip

    for kind in (
        "accounts:account", "reviews:request", "reviews:contribution", "reviews:document", "keyaccounts:membership",
        "keyaccounts:plan",
    ):  # fmt: skip
        yield Page(f"{kind}-say", "admin", lambda kind=kind: said(kind, records()[kind], named))
        yield Page(f"{kind}-attach", "admin", lambda kind=kind: attached(kind, records()[kind]))
        yield Page(f"{kind}-on-it", "admin", lambda kind=kind: held(kind, records()[kind]))

    def changed() -> Sent:
        comment = comment_beside(make_account(manager=rep), rep)
        rows = (Comment.objects.filter(pk=comment.pk, text=NAMED), *told(named, comment.mentions.all()))
        return sent("desk:comment-change", comment.pk, rows=rows, text=NAMED)

    def withdrawn() -> Sent:
        comment = talking.say(make_account(manager=rep), NAMED, {"max.manager": named}, by=rep)
        rows = Comment.objects.filter(pk=comment.pk, withdrawn_at=None), comment.mentions.filter(done_at=None)
        return sent("desk:comment-withdraw", comment.pk, rows=rows)

    def done() -> Sent:
        mention = mention_beside(make_account(manager=rep), rep, named)
        return sent("desk:mention-done", mention.pk, rows=Mention.objects.filter(pk=mention.pk, done_at=None))

    def removed() -> Sent:
        file = file_beside(make_account(manager=rep), rep)
        return sent("desk:attachment-remove", file.pk, rows=Attachment.objects.filter(pk=file.pk, removed_by=rep))

    yield Page("desk:comment-change", "rep", changed)
    yield Page("desk:comment-withdraw", "rep", withdrawn)
    yield Page("desk:mention-done", "manager", done)
    yield Page("desk:attachment-remove", "rep", removed)


def told(person: User, mentions: Any) -> tuple[Any, Any]:
    """The row on Today and the mail."""
    return mentions.filter(person=person), Message.objects.filter(person=person, kind="comment")


def said(kind: str, record: Any, named: User) -> Sent:
    comments = Comment.objects.of(record)
    rows = (comments, *told(named, Mention.objects.filter(comment__in=comments)))
    return sent(f"{kind}-say", record.pk, rows=rows, text=NAMED)


def attached(kind: str, record: Any) -> Sent:
    rows = Attachment.objects.of(record), StoredFile.objects.all()
    return sent(f"{kind}-attach", record.pk, rows=rows, files={"file": ("Plan.pdf", pdf(kind.encode()))})


def held(kind: str, record: Any) -> Sent:
    return sent(f"{kind}-on-it", record.pk, rows=Presence.objects.of(record))


def views(company: Company) -> Iterator[Page]:
    """A list kept as it is narrowed, changed, dropped; with which it opens goes with it."""
    rep = company.people["rep"]
    kept, opens = SavedView.objects.filter(person=rep), DefaultView.objects.filter(person=rep)

    def known(title: str, list_name: str) -> SavedView:
        return SavedView.objects.create(person=rep, list_name=list_name, title=title, query="status=closed")

    def keep() -> Sent:
        typed = {"title": "Those that buy", "shared": "all", "opens": "on"}
        return sent("desk:keep-view", "accounts", query="status=active", rows=(kept, opens), **typed)

    def change() -> Sent:
        view = known("Over", "requests")
        typed = {"title": "Over and done", "shared": "", "opens": "on"}
        return sent("desk:view", view.pk, rows=(kept.filter(title="Over and done"), opens), **typed)

    def drop() -> Sent:
        view = known("Elsewhere", "people")
        open_with(rep, view, True)
        return sent("desk:drop-view", view.pk, rows=(kept, opens))

    yield Page("desk:keep-view", "rep", keep)
    yield Page("desk:view", "rep", change)
    yield Page("desk:drop-view", "rep", drop)
