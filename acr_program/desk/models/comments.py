"""Comments: what people say beside a record, and whom they mention."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from acr_program.people.models import User, reader
from acr_program.people.prepared import asked, row_of

from .beside import Beside, BesideQuerySet

LONGEST = 4000


class Comment(Beside):
    """Some words of one person; changed or withdrawn, it says so for good. Withdrawn words are gone."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    at = models.DateTimeField(_("said at"), default=now)
    text = models.TextField(_("comment"), max_length=LONGEST, blank=True)
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    names = models.JSONField(default=dict)  # who is mentioned: as written, and the name it stands for
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = BesideQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        ordering = ("at", "pk")
        indexes = (models.Index(fields=["content_type", "object_id", "at", "id"], name="comment_of_object"),)

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return f"{self.url}#comment-{self.pk}"


class MentionQuerySet(models.QuerySet["Mention"]):
    def visible_to(self, user: User) -> MentionQuerySet:
        """One's own, of comments that stand and that one may still see."""
        seen = Comment.objects.visible_to(user).filter(withdrawn_at=None).order_by()
        return self.filter(person=user, comment__in=seen.values("pk"))

    def waiting_for(self, user: User) -> MentionQuerySet:
        rows = self.visible_to(user).filter(done_at=None)
        return rows.select_related("comment__by").order_by("-comment__at", "-pk")

    def first_for(self, user: User, number: int) -> list[Mention]:
        """So many of what waits for this person, with the comment and who said it: one query, as every Today asks it."""
        return [mention_of(*row) for row in asked(said_to, number, *user.sight)]


SAID = ("id", "by_id", "at", "text", "title", "url")


def said_to(number: int, *sight: Any) -> models.QuerySet[Mention, tuple[Any, ...]]:
    rows = Mention.objects.waiting_for(reader(*sight))
    return rows.values_list("pk", "comment__by__name", *(f"comment__{name}" for name in SAID))[:number]


def mention_of(pk: int, name: str, *said: Any) -> Mention:
    person = row_of(User, ("id", "name"), [said[SAID.index("by_id")], name])
    return row_of(Mention, ("id", "comment_id"), [pk, said[0]], comment=row_of(Comment, SAID, said, by=person))


class Mention(models.Model):
    """One person named in a comment, or answered by one; it waits on Today until they have seen to it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    done_at = models.DateTimeField(null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        constraints = (models.UniqueConstraint(fields=["comment", "person"], name="mention_once"),)
        indexes = (
            models.Index(fields=["person", "comment"], name="mention_waiting", condition=models.Q(done_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.comment_id}"
