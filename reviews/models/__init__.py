"""What a review is made of."""

from .approval import Approval
from .contribution import InformationRequest
from .document import Document
from .request import ReviewRequest
from .template import Section, TemplateVersion

__all__ = ["Approval", "Document", "InformationRequest", "ReviewRequest", "Section", "TemplateVersion"]
