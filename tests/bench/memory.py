"""What two web workers take, after they have answered every page of the run."""

from __future__ import annotations

from pathlib import Path

from .office import Office
from .report import Report

MOST = 190  # MiB


def measure(report: Report, office: Office) -> None:
    """Shared pages counted by share (PSS): the parent with its two workers."""
    report.section("Memory")
    parent = office.web[0].pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    workers = sum(size(int(child), "Pss") for child in children)
    report.tell(f"{len(children)} web workers", workers, "MiB", MOST)
    report.tell("the parent that holds them", size(parent, "Pss"), "MiB")


def size(pid: int, kind: str = "Rss") -> float:
    """MiB; what SQLite maps of its file is the system's cache, and not counted."""
    total, counted = 0, True
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if line.startswith(f"{kind}:"):
            total += int(line.split()[1]) * counted
        elif not line.split(" ", 1)[0].endswith(":"):
            counted = ".sqlite3" not in line
    return total / 1024
