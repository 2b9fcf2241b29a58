"""The pictures of a document. Every one has a table of the same figures near by and stands on the page grid."""

import itertools
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from .drawing import COLUMN, STEP, WIDE, Chart, nice
from .measure import lines_of
from .words import MONTHS

Tokens = dict[str, str]
Filters = dict[str, Callable[..., Any]]
NAME = 28.5  # millimetres of the column of names in the table by category
MOST_ORDERS = 30  # with more orders than this the table carries them, not a picture


def draw(data: dict[str, Any], tokens: Tokens, say: Filters) -> dict[str, Markup | None]:
    """Every chart the figures suffice for; one that is None has no place on the page either."""
    figures = data["figures"] or {}
    orders, quarters = figures.get("orders", []), figures.get("quarters", [])
    charts: dict[str, Markup | None] = dict.fromkeys(("quarters", "course", "promises", "days", "mix"))
    charts["cover"] = cover(data, tokens)
    if any(row["net"] is not None for row in quarters):
        charts["quarters"] = by_quarter(quarters, tokens, say)
    if len(orders) > 1:
        charts["course"] = course(data, tokens, say)
    shipped = [row for row in quarters if row["shipped"]]
    if shipped and all(row["on_time"] is not None and row["shipped"] <= MOST_ORDERS for row in shipped):
        charts["promises"] = promises(quarters, tokens)
    if 0 < len(orders) <= MOST_ORDERS and any(order["days"] is not None for order in orders):
        charts["days"] = days(orders, tokens, say)
    if figures.get("categories") and all(row["share"] is not None for row in figures["categories"]):
        charts["mix"] = mix(figures["categories"], tokens, say)
    return charts


def heights(names: list[str]) -> list[float] | None:
    """How tall each row of the table by category is, its rule with it; None where that cannot be told beforehand."""
    lines = [lines_of(name, NAME, 8.2) for name in names]
    return None if None in lines else [max(6.0, 4.8 * (one or 1) + 1.2) + 0.15 for one in lines]


def by_quarter(rows: list[dict[str, Any]], tokens: Tokens, say: Filters) -> Markup:
    """Net value by quarter: the year filled, the year before outlined, the unknown dashed."""

    def told(value: Any) -> str:
        return "not on file" if value is None else str(say["number"](value))

    says = "; ".join(f"{r['label']} {told(r['net'])}, a year before {told(r['before_net'])}" for r in rows)
    chart = Chart(WIDE, 62, "Net value by quarter, this year and the year before", says, tokens)
    base, room = 54.0, 44.0
    top = nice(max(Decimal(v) for r in rows for v in (r["net"] or 0, r["before_net"] or 0)))
    chart.scale(top, base, room, say["number"])
    for i, row in enumerate(rows):
        x = i * STEP
        bar(chart, x + 1, 8.5, base, room, top, row["before_net"], "tint", "faint")
        bar(chart, x + 11.5, 12, base, room, top, row["net"], "accent", "")
        if row["net"] is not None:
            tall = max(0.0, room * float(Decimal(row["net"]) / top))
            chart.rect(x + 12, base - tall - 4.2, 11.5, 3.6, "paper")
            chart.text(x + 23.5, base - tall - 1.6, say["number"](row["net"]), "end", "ink", 2.8, bold=True)
        chart.text(x + 23.5, base + 4.6, row["label"], "end", "ink", bold=True)
        if row["before_label"]:
            before = row["before_label"][:2] + " \u2019" + row["before_label"][-2:]
            chart.text(x + 9.5, base + 4.6, before, "end", size=2.3)
    chart.line(0, base, WIDE, base, "ink", 0.3)
    return chart.svg()


def bar(
    chart: Chart, x: float, wide: float, base: float, room: float, top: Decimal, value: Any, fill: str, line: str
) -> None:
    if value is None:
        chart.rect(x, base - 12, wide, 12, line="faint", dash=".8 .8")
        chart.text(x + wide / 2, base - 5.4, "not on", "middle", size=2.1)
        chart.text(x + wide / 2, base - 2.6, "file", "middle", size=2.1)
    elif Decimal(value) > 0:
        tall = room * float(Decimal(value) / top)
        chart.rect(x, base - tall, wide, tall, fill, line)


def course(data: dict[str, Any], tokens: Tokens, say: Filters) -> Markup:
    """Net value added up order by order through the year, against the year before."""
    figures, start = data["figures"], date.fromisoformat(data["year"]["start"])
    back = a_year_before(start)
    now, before = figures["orders"], figures["orders_before"]
    total, total_before = (sum((Decimal(order["net"]) for order in orders), Decimal()) for orders in (now, before))
    top = nice(max(total, total_before))
    says = f"{say['number'](total)} after {len(now)} orders this year"
    if before:
        says += f"; {say['number'](total_before)} after {len(before)} orders on file the year before"
    chart = Chart(WIDE, 50, "Net value added up through the year", says, tokens)
    base, room = 43.0, 36.0
    chart.scale(top, base, room, say["number"])

    def steps(orders: list[dict[str, Any]], first: date, since: float = 0.0) -> list[tuple[float, float]]:
        added, points = Decimal(), [(since, base)]
        for order in sorted(orders, key=lambda one: one["ordered"]):
            x = min(max(WIDE * (date.fromisoformat(order["ordered"]) - first).days / 365, 0.0), WIDE)
            points.append((x, points[-1][1]))
            added += Decimal(order["net"])
            points.append((x, base - room * float(added / top)))
        return [*points, (WIDE, points[-1][1])]

    if before:
        opens = date.fromisoformat(figures["file_opens"]) if figures["file_opens"] else back
        known = min(max(0, (opens - back).days) * WIDE / 365, WIDE)
        chart.path([(0, base), (known, base)], "faint", 0.5, ".8 .8")
        track = steps(before, back, known)
        chart.path(track, "faint", 0.5)
    track_now = steps(now, start)
    chart.path(track_now, "accent", 0.9)
    end = track_now[-1][1]
    chart.text(WIDE, end - 2, say["number"](total), "end", "ink", 2.8, bold=True)
    if before:
        past = track[-1][1]
        y = past - 1.6 if abs(past - end) > 5 else max(end, past) + 3.4
        chart.text(WIDE, y, f"year before: {say['number'](total_before)}", "end")
    chart.line(0, base, WIDE, base, "ink", 0.3)
    for i in range(0, 12, 3):
        chart.text(i * WIDE / 12, base + 4.4, MONTHS[(start.month - 1 + i) % 12])
    return chart.svg()


def promises(rows: list[dict[str, Any]], tokens: Tokens) -> Markup:
    """One square an order, quarter by quarter; late ones stand out by form as well as colour."""
    most = max(row["shipped"] or 0 for row in rows)
    tall = max(6, -(-most // 4) * 6)
    says = "; ".join(f"{r['label']}: {kept_of(r)}{' on time' if r['shipped'] else ''}" for r in rows)
    chart = Chart(WIDE, tall + 12, "Orders shipped by quarter, on time and late", says, tokens)
    for i, row in enumerate(rows):
        x = i * STEP
        for n in range(row["shipped"] or 0):
            left, up = x + (n % 4) * 6, tall - 5.2 - (n // 4) * 6
            if n < row["on_time"]:
                chart.rect(left, up, 5, 5, "accent")
                continue
            chart.rect(left, up, 5, 5, "paper", "warn")
            chart.line(left, up + 5, left + 5, up, "warn", 0.6)
            chart.line(left, up, left + 5, up + 5, "warn", 0.6)
        chart.line(x, tall + 1, x + COLUMN, tall + 1, "ink", 0.3)
        chart.text(x, tall + 5, row["label"], color="ink", bold=True)
        chart.text(x, tall + 9, kept_of(row))
    return chart.svg()


def kept_of(row: dict[str, Any]) -> str:
    """Promises kept of those made in a quarter; where none was made, or nobody knows, that."""
    if row["shipped"] is None:
        return "not on file"
    if row["shipped"]:
        return f"{row['on_time']} of {row['shipped']}"
    return "none due" if row["orders"] else "no orders"


def days(orders: list[dict[str, Any]], tokens: Tokens, say: Filters) -> Markup:
    """Each order's distance from the promised date, which is the line in the middle."""
    known = [order["days"] for order in orders if order["days"] is not None]
    low, high = min(-7, *known, 0), max(7, *known, 0)
    pitch, left, right = 4.4, 1.5, 107.0
    scale = (right - left) / (high - low)
    zero, end = left - low * scale, 6 + pitch * len(orders)
    says = "; ".join(f"{o['number']} {'not shipped' if o['days'] is None else say['early'](o['days'])}" for o in orders)
    title = "Days between the promised date and the shipment, order by order"
    chart = Chart(WIDE, round(end + 1.5, 1), title, says, tokens)
    weeks(chart, low, high, lambda day: left + (day - low) * scale, end)
    chart.text(zero, 2.6, "promised", "middle", "ink", 2.3, bold=True)
    for i, order in enumerate(orders):
        y = 6 + pitch * (i + 0.5)
        if order["days"] is None:
            chart.text(zero + 2, y + 0.8, f"{order['number']}: not shipped", size=2.3)
            continue
        x = left + (order["days"] - low) * scale
        late = order["days"] > 0
        chart.line(zero, y, x, y, "warn" if late else "faint", 0.4)
        chart.dot(x, y, 1.25, "paper" if late else "accent", "warn" if late else "")
        if late:
            words = f"{order['number']}: {order['days']} days late"
            at = (x - 2.2, y - 1.4) if x - zero > 30 else (zero - 1.6, y + 0.8)  # above its line where there is room
            chart.text(*at, words, "end", "ink", 2.3, bold=True)
        else:
            chart.text(zero + 1.6, y + 0.8, order["number"], size=2.1)
    chart.line(zero, 4.5, zero, end, "ink", 0.35)
    return chart.svg()


def weeks(chart: Chart, low: int, high: int, place: Callable[[int], float], end: float) -> None:
    """A line for every week, or for every so many that their figures do not touch."""
    every = 7 * max(1, -(-(high - low) // 70))
    for week in range(-(-low // every) * every, high + 1, every):
        if not week:
            continue
        x = place(week)
        chart.line(x, 4.5, x, end)
        ends = " early" if 0 > week <= low + every else " late" if 0 < week > high - every else ""
        chart.text(min(max(x, 4.0), WIDE - 4.0), 2.6, f"{abs(week)}{ends}", "middle", size=2.3)


def mix(rows: list[dict[str, Any]], tokens: Tokens, say: Filters) -> Markup | None:
    """Bars that continue the rows of the table at their left, each at its first line, and end in the change of the value."""
    tall = heights([row["name"] for row in rows])
    if tall is None:
        return None
    wide = 60.5 if any(row["change"] is not None for row in rows) else 80.5

    def told(row: dict[str, Any]) -> str:
        before = "" if row["before_share"] is None else f", the year before {say['percent'](row['before_share'])}"
        change = "" if row["change"] is None else f", net value {say['signed'](row['change'])}"
        return f"{row['name']} {say['percent'](row['share'])}{before}{change}"

    says = "; ".join(map(told, rows))
    chart = Chart(80.5, round(sum(tall), 2), "Share of net value by category", says, tokens)
    scale = wide / max(0.01, *(float(s) for r in rows for s in (r["share"], r["before_share"] or 0)))
    for row, top in zip(rows, itertools.accumulate(tall, initial=0.0), strict=False):
        chart.rect(0, top + 1.3, max(0.0, float(row["share"]) * scale), 3.6, "accent")
        if row["before_share"] is not None:
            x = min(float(row["before_share"]) * scale, wide - 0.3)
            chart.line(x, top + 0.5, x, top + 5.7, "paper", 1.1)
            chart.line(x, top + 0.5, x, top + 5.7, "ink", 0.45)
        if row["change"] is not None:
            chart.text(80.5, top + 4, say["signed"](row["change"]), "end", "ink", 2.8)
    return chart.svg()


def cover(data: dict[str, Any], tokens: Tokens) -> Markup:
    """The customer's own two years: a line for every order, or for every quarter where orders are not on file."""
    start = date.fromisoformat(data["year"]["start"])
    marks, unit = two_years(data["figures"] or {}, a_year_before(start))
    top = max([Decimal(1), *(value for _, value, _ in marks)])
    says = f"Two years as a line for each {unit}, as tall as its value; there are {len(marks)} lines"
    chart = Chart(166, 80, "Cover picture", says, tokens)
    for part, value, now in marks:
        x = 0.4 + 165.2 * min(max(part, 0.0), 1.0)
        tall = max(2.0, 76 * float(max(value, Decimal(0)) / top))
        chart.line(x, 79, x, 79 - tall, "cover_line" if now else "cover_quiet", 0.9 if now else 0.6)
    chart.line(0, 79, 166, 79, "cover_line", 0.25)
    chart.line(83, 79, 83, 77.4, "cover_line", 0.25)
    return chart.svg()


def two_years(figures: dict[str, Any], first: date) -> tuple[list[tuple[float, Decimal, bool]], str]:
    """Where on the cover each order or quarter stands, how much it is worth, and whether it is of this year."""
    orders = [(order, False) for order in figures.get("orders_before", [])]
    orders += [(order, True) for order in figures.get("orders", [])]
    if orders:
        days_in = [(date.fromisoformat(order["ordered"]) - first).days for order, _ in orders]
        marks = [(at / 730, Decimal(order["net"]), now) for at, (order, now) in zip(days_in, orders, strict=True)]
        return marks, "order"
    marks = []
    for index, row in enumerate(figures.get("quarters", [])):
        for place, value, now in ((index, row["before_net"], False), (index + 4, row["net"], True)):
            if value is not None:
                marks.append(((place + 0.5) / 8, Decimal(value), now))
    return sorted(marks, key=lambda mark: mark[0]), "quarter"


def a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))
