"""Paths of single comments, mentions and attachments; desk/urls.py takes them in."""

from acr_program.people.access import reads, route

from .models import Attachment, Comment, Mention
from .views import comments

POST = ("POST",)
file = reads(Attachment)

urlpatterns = [
    route("comments/<int:pk>/change/", comments.change, name="comment-change", access=reads(Comment)),
    route(
        "comments/<int:pk>/withdraw/", comments.withdraw, name="comment-withdraw", access=reads(Comment), methods=POST
    ),
    route("mentions/<int:pk>/done/", comments.mention_done, name="mention-done", access=reads(Mention), methods=POST),
    route("attachments/<int:pk>/", comments.download, name="attachment", access=file, methods=("GET", "HEAD")),
    route("attachments/<int:pk>/remove/", comments.take_away, name="attachment-remove", access=file, methods=POST),
]
