"""The roles a person may hold; one person may hold several."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    REP = "rep", _("Sales representative")
    LEADER = "leader", _("Sales leader")
    ADMIN = "admin", _("Program administrator")
    CONTRIBUTOR = "contributor", _("Contributor")
    MANAGER = "manager", _("Program manager")
    EXECUTIVE = "executive", _("Senior executive")
    AUDITOR = "auditor", _("Auditor")
