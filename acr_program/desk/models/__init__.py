"""What the desk keeps: what somebody is still typing, and what people put beside a record."""

from .attachments import Attachment
from .calendar import CalendarAddress
from .comments import Comment, Mention
from .drafts import Draft
from .presence import Presence
from .saved import DefaultView, SavedView

__all__ = ["Attachment", "CalendarAddress", "Comment", "DefaultView", "Draft", "Mention", "Presence", "SavedView"]
