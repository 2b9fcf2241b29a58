"""What the cells of a column have in common."""

import re

SAMPLES = 4
DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]\d{1,2}:\d\d.*)?")
NUMBER = re.compile(r"[+-]?\d[\d.,'’ \u00a0\u202f]*")


class Column:
    """What the cells of one column have in common: how days and numbers are written there."""

    def __init__(self):
        self.samples = []
        self.filled = self.days = self.year_first = self.day_first = self.month_first = 0
        self.numbers = self.comma = self.point = self.unclear = 0

    def see(self, cell):
        if cell is None or cell == "":
            return
        self.filled += 1
        if (
            len(self.samples) < SAMPLES
            and (said := str(cell[1] if isinstance(cell, list) else cell)[:60]) not in self.samples
        ):
            self.samples.append(said)
        if type(cell) is str and len(cell) < 30 and any(sign.isdigit() for sign in cell[:6]):
            self.see_text(cell.strip())

    def see_text(self, text):
        if day := DAY.fullmatch(text):
            self.days += 1
            if len(day[1]) == 4:
                self.year_first += 1
            elif int(day[1]) > 12:
                self.day_first += 1
            elif int(day[2]) > 12:
                self.month_first += 1
        bare = text.strip("€$£¥% ")
        if NUMBER.fullmatch(bare):
            self.numbers += 1
            self.see_number(bare)

    def see_number(self, text):
        comma, point = text.count(","), text.count(".")
        if comma and point:
            self.comma += text.rfind(",") > text.rfind(".")
            self.point += text.rfind(".") > text.rfind(",")
        elif comma + point == 1:
            mark = "," if comma else "."
            tail = text[text.rfind(mark) + 1 :]
            if len(tail) == 3 and len(text.split(mark)[0].lstrip("+-")) < 4 and not text.lstrip("+-").startswith("0"):
                self.unclear += 1
            elif comma:
                self.comma += 1
            else:
                self.point += 1
        elif comma > 1:
            self.point += 1  # thousands between commas
        elif point > 1:
            self.comma += 1


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
