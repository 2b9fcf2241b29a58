"""What is done with comments: saying, changing, withdrawing, and seeing to a mention."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.timezone import now

from acr_program.outbox.post import post
from acr_program.outbox.render import absolute
from acr_program.people.models import User

from ..models import Comment, Mention
from .handles import who_may_see


def say(obj: Any, text: str, named: dict[str, User], *, by: User, answers: Comment | None = None) -> Comment:
    """Keep the words and tell whom they name, and whom they answer; who speaks here has seen to what they were asked here."""
    first = (answers.answers or answers) if answers else None
    with transaction.atomic():
        comment = Comment.objects.create(
            by=by, text=text, answers=first, names={handle: person.name for handle, person in named.items()},
            **Comment.named(obj),
        )  # fmt: skip
        told = list(named.values())
        if answers and who_may_see(obj, [answers.by]):
            told.append(answers.by)
        tell(obj, comment, told)
        see_to(Mention.objects.filter(person=by, comment__in=Comment.objects.of(obj)))
    return comment


def change(obj: Any, comment: Comment, text: str, named: dict[str, User]) -> Comment:
    """Other words in place of the first; only who was not told yet is told."""
    with transaction.atomic():
        comment.text, comment.edited_at = text, now()
        comment.names = {handle: person.name for handle, person in named.items()}
        comment.save(update_fields=["text", "edited_at", "names"])
        tell(obj, comment, list(named.values()))
    return comment


def withdraw(comment: Comment) -> None:
    """Take the words back: they are gone, and it stays to be seen that there were some."""
    with transaction.atomic():
        comment.text, comment.names, comment.withdrawn_at = "", {}, now()
        comment.save(update_fields=["text", "names", "withdrawn_at"])
        see_to(comment.mentions.all())


def tell(obj: Any, comment: Comment, people: list[User]) -> None:
    """A row on Today and a mail for each, once a comment."""
    others = {person.pk: person for person in people if person.pk != comment.by_id}
    known = set(comment.mentions.values_list("person_id", flat=True)) if comment.edited_at else set()
    new = [person for pk, person in others.items() if pk not in known]
    Mention.objects.bulk_create([Mention(comment=comment, person=person) for person in new])
    if new:
        context = {"by_name": comment.by.name, "text": comment.text, "url": absolute(comment.get_absolute_url())}
        post(obj, key=f"comment-{comment.pk}", to=new, template="comment", context=context)


def see_to(mentions: Any) -> None:
    mentions.filter(done_at=None).update(done_at=now())
