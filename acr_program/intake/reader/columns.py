"""What the cells of a column have in common."""

import collections
import re

SAMPLES = 4
TEXTS = {str, type(None)}
DIGIT = re.compile(r"\d")
DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]\d{1,2}:\d\d.*)?")
NUMBER = re.compile(r"[+-]?\d[\d.,'’ \u00a0\u202f]*")


class Column:
    """What the cells of one column have in common: how days and numbers are written there."""

    def __init__(self):
        self.samples = []
        self.filled = self.days = self.year_first = self.day_first = self.month_first = 0
        self.numbers = self.comma = self.point = self.unclear = 0

    def see_all(self, cells):
        """Some cells of the column; what stands in many of them is looked at once."""
        if TEXTS.issuperset(map(type, cells)):
            for cell, times in collections.Counter(cells).items():
                self.see(cell, times)
        else:
            for cell in cells:
                self.see(cell, 1)

    def see(self, cell, times):
        if cell is None or cell == "":
            return
        self.filled += times
        if (
            len(self.samples) < SAMPLES
            and (said := str(cell[1] if isinstance(cell, list) else cell)[:60]) not in self.samples
        ):
            self.samples.append(said)
        if type(cell) is str and len(cell) < 30 and DIGIT.search(cell, 0, 6):
            self.see_text(cell.strip(), times)

    def see_text(self, text, times):
        if day := DAY.fullmatch(text):
            self.days += times
            if len(day[1]) == 4:
                self.year_first += times
            elif int(day[1]) > 12:
                self.day_first += times
            elif int(day[2]) > 12:
                self.month_first += times
        bare = text.strip("€$£¥% ")
        if NUMBER.fullmatch(bare):
            self.numbers += times
            self.see_number(bare, times)

    def see_number(self, text, times):
        comma, point = text.count(","), text.count(".")
        if comma and point:
            self.comma += times * (text.rfind(",") > text.rfind("."))
            self.point += times * (text.rfind(".") > text.rfind(","))
        elif comma + point == 1:
            mark = "," if comma else "."
            tail = text[text.rfind(mark) + 1 :]
            if len(tail) == 3 and len(text.split(mark)[0].lstrip("+-")) < 4 and not text.lstrip("+-").startswith("0"):
                self.unclear += times
            elif comma:
                self.comma += times
            else:
                self.point += times
        elif comma > 1:
            self.point += times  # thousands between commas
        elif point > 1:
            self.comma += times


def headings_of(row):
    """Names for all columns: as they stand, numbered where two are alike."""
    seen, names = {}, []
    for at, cell in enumerate(row, start=1):
        name = (
            " ".join(str(cell[1] if isinstance(cell, list) else "" if cell is None else cell).split())[:80] or f"({at})"
        )
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names
