"""What an account bought, and its figures by quarter: computed from its orders, or entered with their source."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.choices import FigureKind
from accounts.quarters import label_of
from acr_program.ui.phrases import number

from .account import Account


class OrderLine(models.Model):
    """One line of a customer's order, as the order system handed it over."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="order_lines")
    number = models.CharField(_("order number"), max_length=40)
    line = models.PositiveIntegerField(_("line"))
    product = models.CharField(_("product"), max_length=120)
    category = models.CharField(_("category"), max_length=80, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2)
    unit_price = models.DecimalField(_("unit price"), max_digits=12, decimal_places=2)
    discount = models.DecimalField(_("discount, as a share"), max_digits=5, decimal_places=4, default=Decimal(0))
    ordered_on = models.DateField(_("ordered"))
    required_on = models.DateField(_("promised for"), null=True, blank=True)
    shipped_on = models.DateField(_("shipped"), null=True, blank=True)

    class Meta:
        verbose_name = _("order line")
        ordering = ("-ordered_on", "number", "line")
        constraints = (
            models.UniqueConstraint(fields=["number", "line"], name="order_line_once"),
            models.CheckConstraint(
                condition=Q(discount__gte=0) & Q(discount__lte=1), name="order_line_discount_a_share"
            ),
        )
        indexes = (models.Index(fields=["account", "ordered_on", "id"], name="order_line_of_account"),)

    def __str__(self) -> str:
        return f"{self.number}/{self.line}"

    @property
    def net(self) -> Decimal:
        """Quantity times price less discount, unrounded."""
        return self.quantity * self.unit_price * (1 - self.discount)


class Performance(models.Model):
    """The figures of one account in one quarter, with where they come from and as of when.

    `net` is the unrounded sum of the lines ordered in the quarter, to six places; it is rounded where it is shown.
    `shipped`, `promised` and `on_time` count whole orders: all lines shipped; of these with a promised day; of these kept.
    `stated` are net value and orders as somebody told them, of a quarter without order lines: nothing is known of the rest.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="performance")
    quarter_begins_on = models.DateField(_("quarter"))
    net = models.DecimalField(_("net value"), max_digits=20, decimal_places=6)
    orders = models.PositiveIntegerField(_("orders"))
    shipped = models.PositiveIntegerField(_("orders shipped"))
    promised = models.PositiveIntegerField(_("shipped, with a promised day"), default=0)
    on_time = models.PositiveIntegerField(_("shipped on time"))
    mix = models.JSONField(_("net value by category"), default=dict)  # category: unrounded net value, as text
    stated = models.BooleanField(_("as told, not computed"), default=False, db_default=False)
    source = models.CharField(_("source"), max_length=80)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("figures of a quarter")
        ordering = ("quarter_begins_on",)
        constraints = (
            models.UniqueConstraint(fields=["account", "quarter_begins_on"], name="performance_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(on_time__lte=F("promised")) & Q(promised__lte=F("shipped")) & Q(shipped__lte=F("orders")),
                name="performance_counts_within_counts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account}, {self.label}"

    @property
    def label(self) -> str:
        return label_of(self.quarter_begins_on)

    @property
    def computed(self) -> bool:
        """Whether the figures come from order lines: only then is the mix known."""
        return bool(self.mix)


class Figure(models.Model):
    """A figure as somebody told it, entered or imported; a correction keeps the old.

    Margin, share of wallet, satisfaction; net value and orders, which stand for the quarter while no order line tells them.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="figures")
    kind = models.CharField(_("figure"), max_length=12, choices=FigureKind.choices)
    quarter_begins_on = models.DateField(_("quarter"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    source = models.CharField(_("source"), max_length=120)
    as_of = models.DateField(_("as of"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    said_at = models.DateTimeField(_("entered at"), default=now)
    replaced_at = models.DateTimeField(_("corrected at"), null=True, blank=True)

    class Meta:
        verbose_name = _("figure")
        ordering = ("-quarter_begins_on", "kind", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=FigureKind.values), name="figure_kind_known"),
            models.UniqueConstraint(
                fields=["account", "kind", "quarter_begins_on"], condition=Q(replaced_at__isnull=True),
                name="figure_stands_once_a_quarter",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.label}"

    @property
    def label(self) -> str:
        return label_of(self.quarter_begins_on)

    @property
    def shown(self) -> str:
        """As many decimals as were given."""
        return number(self.value.normalize() if self.value % 1 else self.value.quantize(Decimal(1)))
