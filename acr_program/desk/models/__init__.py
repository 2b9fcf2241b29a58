"""What the desk keeps: what somebody is still typing, and what people put beside a record."""

from .attachments import Attachment
from .comments import Comment, Mention
from .drafts import Draft
from .presence import Presence

__all__ = ["Attachment", "Comment", "Draft", "Mention", "Presence"]
