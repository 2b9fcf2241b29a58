"""What a review's figures have to be, reckoned by other means: fractions and whole days, straight from the rows of a file."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import floor
from statistics import median

QUARTERS = ["1997-Q2", "1997-Q3", "1997-Q4", "1998-Q1"]  # looked back on from 11 May 1998
BEFORE = ["1996-Q2", "1996-Q3", "1996-Q4", "1997-Q1"]
OPENS = "1996-Q3"  # the file begins on 4 July 1996


def hundredths(text):
    """A price or a share as a whole number of hundredths: the noise of floats is cut where it is nearest."""
    return Fraction(floor(Fraction(text) * 100 + Fraction(1, 2)), 100)


def up(value, places):
    """Rounded half up, away from nought, as it is written: 1234.50."""
    scale = 10**places
    units = floor(abs(value) * scale + Fraction(1, 2))
    whole = f"{units // scale}" + (f".{units % scale:0{places}}" if places else "")
    return f"-{whole}" if value < 0 and units else whole


def printed(value, places=0):
    """The same with its thousands apart, as a page shows it."""
    whole, point, part = up(value, places).partition(".")
    return f"{int(whole):,}{point}{part}".replace("-", "\u2212")


def net(row):
    return int(row["quantity"]) * hundredths(row["unit_price"]) * (1 - hundredths(row["discount"]))


def quarter(row):
    year, month, _day = row["order_date"].split("-")
    return f"{year}-Q{(int(month) + 2) // 3}"


def change(now, before, *counts):
    return None if min(counts) < 2 or before <= 0 else (now - before) / before


class Order:
    def __init__(self, rows):
        first = rows[0]
        self.rows, self.number, self.ordered, self.quarter = (
            rows,
            first["order_id"],
            first["order_date"],
            quarter(first),
        )
        self.promised, self.shipped = first["required_date"], first["shipped_date"]
        self.net = sum(map(net, rows), Fraction())
        self.gross = sum((int(r["quantity"]) * hundredths(r["unit_price"]) for r in rows), Fraction())
        shipped, promised = (date.fromisoformat(day) if day else None for day in (self.shipped, self.promised))
        self.days = (shipped - promised).days if shipped and promised else None
        self.waited = (shipped - date.fromisoformat(self.ordered)).days if shipped else None


class Reckoned:
    """One customer's two years out of the rows of its order lines."""

    def __init__(self, rows):
        by_number = defaultdict(list)
        for row in rows:
            by_number[row["order_id"]].append(row)
        orders = sorted(map(Order, by_number.values()), key=lambda order: (order.ordered, order.number))
        self.year = [order for order in orders if order.quarter in QUARTERS]
        self.before = [order for order in orders if order.quarter in BEFORE]
        both = [(now, then) for now, then in zip(QUARTERS, BEFORE, strict=True) if then >= OPENS]
        self.like = [order for order in self.year if order.quarter in [now for now, _ in both]]
        self.shipped = [order for order in self.year if order.days is not None]
        self.late = [order for order in self.shipped if order.days > 0]
        self.net, self.net_before, self.net_like = (total(some) for some in (self.year, self.before, self.like))
        self.growth = change(self.net_like, self.net_before, len(self.like), len(self.before))
        self.discount = sum((order.gross - order.net for order in self.year), Fraction())
        waits = [order.waited for order in self.year if order.waited is not None]
        self.days_to_ship = Fraction(median(map(Fraction, waits))) if waits else None

    def of(self, name):
        """The orders of one quarter; None where the file does not reach it."""
        return None if name < OPENS else [order for order in [*self.before, *self.year] if order.quarter == name]

    def quarters(self):
        """Of each: net, orders, on time, shipped, net before, change; what is not on file is None."""
        for name, old in zip(QUARTERS, BEFORE, strict=True):
            now, then = self.of(name), self.of(old)
            shipped = [order for order in now if order.days is not None]
            grown = None if then is None else change(total(now), total(then), len(now), len(then))
            on_time = sum(order.days <= 0 for order in shipped)
            yield total(now), len(now), on_time, len(shipped), None if then is None else total(then), grown

    def parts(self, column):
        """Name, net, share, net before and change of each category or product, the largest first."""
        now, then, like = (sums(some, column) for some in (self.year, self.before, self.like))
        rows = []
        for name, value in sorted(now.items(), key=lambda item: (-item[1], item[0])):
            counts = having(self.like, column, name), having(self.before, column, name)
            grown = change(like.get(name, 0), then.get(name, 0), *counts)
            rows.append((name, value, value / self.net, then.get(name, Fraction()), grown))
        return rows


def total(orders):
    return sum((order.net for order in orders), Fraction())


def sums(orders, column):
    found = defaultdict(Fraction)
    for order in orders:
        for row in order.rows:
            found[row[column]] += net(row)
    return found


def having(orders, column, name):
    return sum(any(row[column] == name for row in order.rows) for order in orders)


def differ(parts, whole, places):
    """Whether the parts as they are printed do not come to the whole as it is printed."""
    return sum(Fraction(up(part, places)) for part in parts) != Fraction(up(whole, places))
