"""What was measured: one line each, ending with whether it holds; and the same as a table in docs/bench.md."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs/bench.md"


@dataclass
class Line:
    """One figure with its goal; without a goal it is told and not judged."""

    name: str
    value: float
    unit: str
    goal: float | None

    @property
    def verdict(self) -> str:
        return "" if self.goal is None else "holds" if self.value <= self.goal else "falls short"

    @property
    def figure(self) -> str:
        number = f"{self.value:,.0f}" if self.value >= 100 or self.unit in WHOLE else f"{self.value:.2f}"
        return f"{number} {self.unit}".strip()

    @property
    def wanted(self) -> str:
        return "" if self.goal is None else f"≤ {self.goal:g}"


WHOLE = ("queries", "files")


@dataclass
class Report:
    """The lines of one run, by section."""

    db: str
    rows: list[int]
    sections: dict[str, list[Line]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def section(self, title: str) -> None:
        self.sections[title] = []
        print(f"\n{title}", flush=True)

    def tell(self, name: str, value: float, unit: str = "", goal: float | None = None) -> None:
        line = Line(name, value, unit, goal)
        list(self.sections.values())[-1].append(line)
        print(f"  {name:<58} {line.figure:>18}  {line.wanted:<8} {line.verdict}", flush=True)

    def remark(self, text: str) -> None:
        self.remarks.append(text)
        print(f"  {text}", flush=True)

    def summary(self) -> str:
        lines = [line for lines in self.sections.values() for line in lines if line.goal is not None]
        held = sum(line.verdict == "holds" for line in lines)
        return f"{held} of {len(lines)} goals hold"

    def markdown(self) -> str:
        name = {"sqlite": "SQLite", "pg": "PostgreSQL"}[self.db]
        sizes = " and ".join(f"{rows:,}" for rows in self.rows)
        when = f"{datetime.now(UTC):%d %B %Y}"
        parts = [
            f"## On {name}\n",
            f"{when}, {words(os.cpu_count() or 1)}, Python {platform.python_version()}, {sizes} rows: {self.summary()}.\n",
        ]
        for title, lines in self.sections.items():
            parts.append(f"### {title}\n\n| what | measured | goal | |\n|---|---|---|---|")
            parts.append(
                "".join(f"| {line.name} | {line.figure} | {line.wanted} | {line.verdict} |\n" for line in lines)
            )
        parts += [f"- {remark}" for remark in self.remarks]
        return "\n".join(parts).rstrip() + "\n"

    def write(self) -> None:
        """Put this database's part in the place of the one that is there."""
        text = DOCS.read_text() if DOCS.exists() else ""
        begin, end = f"<!-- {self.db} -->\n", f"<!-- end of {self.db} -->\n"
        fresh = f"{begin}{self.markdown()}{end}"
        if begin in text and end in text:
            before, rest = text.split(begin, 1)
            text = before + fresh + rest.split(end, 1)[1]
        else:
            text = f"{text.rstrip()}\n\n{fresh}"
        DOCS.write_text(text)


def words(cores: int) -> str:
    return {1: "one core", 2: "two cores", 4: "four cores"}.get(cores, f"{cores} cores")
