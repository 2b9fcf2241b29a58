"""What a review is made of."""

from .approval import Approval
from .attendee import Attendee, Note
from .carried import Carried
from .content import ContentItem, Revision, StaleWaiver
from .contribution import InformationRequest
from .customer_feedback import CustomerFeedback
from .deviation import Deviation
from .document import Document
from .follow_up import FollowUp
from .fulfilment import PrintOrder
from .handover import Handover
from .lines import Commitment, Issue
from .meeting import Meeting
from .process import DescribedStep, ProcessVersion
from .rep_feedback import RepFeedback
from .request import ReviewRequest
from .seen import Seen
from .shipment import PrintAlarm, PrintEvent
from .slip import Slip
from .star import StarPerformer
from .suggestion import Suggestion
from .template import Section, TemplateVersion
from .touch_point import Question, TouchPoint
from .trial import Trial

__all__ = [
    "Approval", "Attendee", "Carried", "Commitment", "ContentItem", "CustomerFeedback", "DescribedStep",
    "Deviation", "Document", "FollowUp", "Handover", "InformationRequest", "Issue", "Meeting", "Note", "PrintAlarm",
    "PrintEvent", "PrintOrder", "ProcessVersion", "Question", "RepFeedback", "ReviewRequest", "Revision", "Section",
    "Seen", "Slip", "StaleWaiver", "StarPerformer", "Suggestion", "TemplateVersion", "TouchPoint", "Trial",
]  # fmt: skip
