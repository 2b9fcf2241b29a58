"""The tokens that typed text may name, each with what it stands for: figures are named in prose, never typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
TOKEN = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")

PLACES = (("first", _("first")), ("second", _("second")), ("third", _("third")), ("fourth", _("fourth")))
LARGEST = PLACES[:3]

SINGLE: dict[str, Words] = {
    "customer.name": _("The customer's name"),
    "customer.contact": _("Whom the review is written to"),
    "company.name": _("Our company's name"),
    "rep.name": _("The account manager's name"),
    "rep.title": _("The account manager's title"),
    "year.label": _("The program year"),
    "year.span": _("The months looked back on"),
    "year.span_before": _("The months of the year before"),
    "meeting.day": _("The day of the meeting"),
    "figures.net": _("Net value of the year"),
    "figures.net_before": _("Net value of the year before, as far as it is on file"),
    "figures.change": _("Change of net value, on the quarters that both years have"),
    "figures.orders": _("Orders of the year"),
    "figures.orders_before": _("Orders of the year before, as far as they are on file"),
    "figures.average": _("Net value of an order, on average"),
    "figures.shipped": _("Orders of the year that were shipped and had a promised day"),
    "figures.on_time": _("Of these, shipped on or before the promised day"),
    "figures.late": _("Of these, shipped after the promised day"),
    "figures.on_time_share": _("The part shipped on or before the promised day"),
    "figures.on_time_share_before": _("The part shipped on or before the promised day, the year before"),
    "figures.days_to_ship": _("Days from order to shipment, the median"),
    "figures.products": _("Different products ordered in the year"),
    "figures.discount": _("Discounts granted on list prices in the year"),
    "figures.satisfaction": _("Satisfaction, 0 to 10, as it was last told in the year"),
}
OF_QUARTERS: dict[str, Words] = {
    "label": _("The %(place)s quarter of the year"),
    "net": _("Net value of the %(place)s quarter"),
    "orders": _("Orders of the %(place)s quarter"),
    "change": _("Change of the %(place)s quarter on the year before"),
    "on_time_share": _("The part shipped on time in the %(place)s quarter"),
}
OF_PARTS: dict[str, dict[str, Words]] = {
    "categories": {
        "name": _("The %(place)s category by net value"),
        "net": _("Net value of the %(place)s category"),
        "share": _("The part of the %(place)s category in the year's net value"),
        "change": _("Change of the %(place)s category, on the quarters that both years have"),
    },
    "products": {
        "name": _("The %(place)s product by net value"),
        "net": _("Net value of the %(place)s product"),
        "share": _("The part of the %(place)s product in the year's net value"),
    },
}


def tokens() -> Iterator[tuple[str, Words]]:
    """Every token by name, with its sentence."""
    yield from SINGLE.items()
    for place, word in PLACES:
        for name, sentence in OF_QUARTERS.items():
            yield f"quarters.{place}.{name}", sentence % {"place": word}
    for part, sentences in OF_PARTS.items():
        for place, word in LARGEST:
            for name, sentence in sentences.items():
                yield f"{part}.{place}.{name}", sentence % {"place": word}


NAMES = frozenset(
    [
        *SINGLE,
        *(f"quarters.{place}.{name}" for place, _word in PLACES for name in OF_QUARTERS),
        *(f"{part}.{place}.{name}" for part, own in OF_PARTS.items() for place, _word in LARGEST for name in own),
    ]
)


def spoken(title: str) -> str:
    """A title where no account fills it: “A letter to …”. A token’s own name is for those who write templates."""
    return TOKEN.sub("…", title)


def told(text: str) -> str:
    """A text in which each token says what it stands for, where the figure of that time is not at hand."""
    sentences = {name: str(sentence) for name, sentence in tokens()}
    words = {name: f"({sentence[:1].lower()}{sentence[1:]})" for name, sentence in sentences.items()}
    return TOKEN.sub(lambda found: words.get(found[1], found[0]), text)
