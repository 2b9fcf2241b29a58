"""A drawing board for the document's charts: one unit is one millimetre, colours are the tokens of the edition."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

# The page grid: a column, a column with its gutter, the four columns of the matter.
COLUMN, STEP, WIDE = 23.5, 28.5, 109


class Chart:
    """An SVG picture with its alternative text."""

    def __init__(self, width: float, height: float, title: str, says: str, tokens: dict[str, str]):
        self.width, self.height, self.tokens = width, height, tokens
        self.parts: list[str] = []
        # WeasyPrint takes the alternative from <title> alone, so the whole sentence stands there.
        self.title = f"<title>{escape(title)}. {escape(says)}.</title>"

    def rect(self, x: float, y: float, w: float, h: float, fill: str = "none", line: str = "", dash: str = "") -> None:
        stroke = f' stroke="{self.tokens[line]}" stroke-width=".25"' if line else ""
        fill = self.tokens.get(fill, fill)
        self.parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}" fill="{fill}"{stroke}{dashed(dash)}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, color: str = "rule", weight: float = 0.2) -> None:
        self.path([(x1, y1), (x2, y2)], color, weight)

    def path(self, points: Sequence[tuple[float, float]], color: str, weight: float, dash: str = "") -> None:
        track = "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
        self.parts.append(
            f'<path d="M{track}" fill="none" stroke="{self.tokens[color]}" stroke-width="{weight}"{dashed(dash)}/>'
        )

    def dot(self, x: float, y: float, r: float, fill: str, line: str = "") -> None:
        stroke = f' stroke="{self.tokens[line]}" stroke-width=".3"' if line else ""
        self.parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r}" fill="{self.tokens[fill]}"{stroke}/>')

    def text(
        self,
        x: float,
        y: float,
        words: Any,
        anchor: str = "start",
        color: str = "quiet",
        size: float = 2.5,
        bold: bool = False,
    ) -> None:
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" text-anchor="{anchor}" '
            f'fill="{self.tokens[color]}"{weight}>{escape(words)}</text>'
        )

    def scale(self, top: Decimal, base: float, room: float, number: Any) -> None:
        """Two lines across, the upper one at the round number the axis ends on."""
        for part in (Decimal("0.5"), Decimal(1)):
            y = base - room * float(part)
            self.line(0, y, WIDE, y)
            words = number(top * part)
            self.text(0, y - 1, words, size=2.3 if len(words) < 8 else 1.9)  # no wider than the first bar leaves room

    def svg(self) -> Markup:
        return Markup(  # noqa: S704 - every word in it was escaped above
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{self.width}mm" height="{self.height}mm" '
            f'viewBox="0 0 {self.width} {self.height}" font-family="{self.tokens["sans"]}">'
            f"{self.title}{''.join(self.parts)}</svg>"
        )


def dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def nice(value: Decimal) -> Decimal:
    """The next round number at or above value, to end an axis on."""
    value = max(value, Decimal(1))
    unit = Decimal(1).scaleb(value.adjusted())
    return next(unit * n for n in (1, 2, 3, 4, 5, 6, 8, 10) if unit * n >= value)
