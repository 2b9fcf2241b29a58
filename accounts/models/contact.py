"""The people met at a customer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .account import Account


class Contact(models.Model):
    """One person at the customer."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_main = models.BooleanField(_("first to be addressed"), default=False)

    class Meta:
        verbose_name = _("contact")
        ordering = ("-is_main", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=["account"], condition=Q(is_main=True), name="contact_one_main_an_account"),
        )

    def __str__(self) -> str:
        return self.name
