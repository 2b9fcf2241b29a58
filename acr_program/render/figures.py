"""The figures of a document, already computed: quarters, the year, orders, parts.

A figure that is not on file is None or left out, and is printed as such, never as zero.
"""

from typing import NotRequired, TypedDict

from .atoms import Amount, As, Day, Line, Share


class BigNumber(TypedDict):
    """One of up to six big numbers, its basis in words below it; a value of None is printed as not on file."""

    label: Line
    value: Line | int | None
    shown: NotRequired[As]
    places: NotRequired[int]
    of: NotRequired[int | None]
    basis: NotRequired[Line]


class Quarter(TypedDict):
    label: Line
    net: NotRequired[Amount | None]
    orders: NotRequired[int | None]
    average: NotRequired[Amount | None]
    on_time: NotRequired[int | None]
    shipped: NotRequired[int | None]
    on_time_share: NotRequired[Share | None]
    before_label: NotRequired[Line]
    before_net: NotRequired[Amount | None]
    before_orders: NotRequired[int | None]
    change: NotRequired[Share | None]


class Period(TypedDict):
    """A year's figures taken together."""

    net: NotRequired[Amount | None]
    orders: NotRequired[int | None]
    average: NotRequired[Amount | None]
    products: NotRequired[int | None]
    on_time: NotRequired[int | None]
    shipped: NotRequired[int | None]
    on_time_share: NotRequired[Share | None]
    days_to_ship: NotRequired[Amount | None]
    change: NotRequired[Share | None]


class Measure(TypedDict):
    """One more row of the quarter table, with as many values as there are quarters."""

    label: Line
    shown: NotRequired[As]
    places: NotRequired[int]
    year: NotRequired[Line | None]
    quarters: list[Line | None]


class Order(TypedDict):
    """`days` from the promised date to the shipment: below zero is early, None is not shipped or not promised.

    `overdue` are the days behind the promised one of an order that is not shipped.
    """

    number: Line
    ordered: Day
    promised: NotRequired[Day | None]
    shipped: NotRequired[Day | None]
    days: NotRequired[int | None]
    overdue: NotRequired[int | None]
    net: Amount


class Part(TypedDict):
    """A category or product with its part of the year's net value."""

    name: Line
    net: Amount
    share: NotRequired[Share | None]
    before_net: NotRequired[Amount | None]
    before_share: NotRequired[Share | None]
    change: NotRequired[Share | None]


class Figures(TypedDict):
    """`partial` says in words which quarters the year before has, where these are not all; `late` are the orders that are
    named as late, of the year's orders where nothing is said; `orders_net` is their total, rounded once."""

    file_opens: NotRequired[Day | None]
    numbers: NotRequired[list[BigNumber]]
    quarters: NotRequired[list[Quarter]]
    measures: NotRequired[list[Measure]]
    year: NotRequired[Period | None]
    before: NotRequired[Period | None]
    partial: NotRequired[Line]
    orders: NotRequired[list[Order]]
    orders_before: NotRequired[list[Order]]
    orders_net: NotRequired[Amount | None]
    late: NotRequired[list[Order]]
    categories: NotRequired[list[Part]]
    products: NotRequired[list[Part]]
    footnotes: NotRequired[list[Line]]
