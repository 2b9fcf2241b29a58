"""What people put beside a record, made for tests that look at pages."""

from __future__ import annotations

from typing import Any

from acr_program.desk.beside import attaching, holding, talking
from acr_program.desk.models import Attachment, Comment, Mention
from acr_program.people.models import User
from tests.files.hostile import pdf, png


def comment_beside(record: Any, by: User, *named: User, text: str = "Have a look at page three.") -> Comment:
    return talking.say(record, text, {f"n{person.pk}": person for person in named}, by=by)


def mention_beside(record: Any, by: User, person: User) -> Mention:
    return comment_beside(record, by, person).mentions.get()


def file_beside(record: Any, by: User) -> Attachment:
    return attaching.attach(record, pdf(), "Plan.pdf", by=by)


def all_beside(record: Any, by: User, other: User) -> None:
    """A thread, words changed and words withdrawn, a file and one taken away, and somebody else who is on it."""
    first = comment_beside(record, other, by, text="Who signs for them now?\nKim has left.")
    talking.say(record, "Their new head of purchasing.", {}, by=by, answers=first)
    changed = comment_beside(record, by, text="A first word.")
    talking.change(record, changed, "A second word, which is longer.", {})
    talking.withdraw(comment_beside(record, by, text="A slip of the pen."))
    comment_beside(record, other, by, text="And when?")
    file_beside(record, other)
    attaching.remove(
        attaching.attach(record, png(), "Shelf with a very long name that somebody gave it.png", by=by), by=other
    )
    holding.hold(record, by=other)
