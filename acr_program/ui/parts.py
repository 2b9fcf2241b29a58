"""What components are fed with: one small frozen record a component, so that selectors can build pages without HTML."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Stage:
    """One stage of a life: mood is done, now or ahead."""

    label: Any
    note: Any = ""
    mood: str = "ahead"
    tone: str = ""


@dataclass(frozen=True)
class Waiting:
    """One row of a queue: when, what, and the one act."""

    title: Any
    url: str
    when: Any = ""
    note: Any = ""
    tone: str = "neutral"
    act: Any = ""
    act_url: str = ""
    main: bool = False


@dataclass(frozen=True)
class Happening:
    """One entry of a timeline, for those that do not come from the log."""

    by_name: str
    sentence: Any
    at: datetime
    tone: str = "neutral"
    kind: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Milestone:
    """One row of a schedule counted back: mood goal for the day it all leads to."""

    on: date
    label: Any
    note: Any = ""
    tone: str = "neutral"
    mood: str = ""


@dataclass(frozen=True)
class Figure:
    """A number, its meaning, and what it stands against."""

    value: Any
    label: Any
    note: Any = ""
    tone: str = ""


@dataclass(frozen=True)
class View:
    """A saved view, or a tab: a link with a count."""

    label: Any
    url: str
    count: Any = None
    tone: str = "neutral"
    current: bool = False


@dataclass(frozen=True)
class Crumb:
    """One step of the way back above a title."""

    label: Any
    url: str = ""


@dataclass(frozen=True)
class Fragment:
    """A part of a page that another app draws with buttons in it: drawn with the page, whose request its forms need."""

    template: str
    said: dict[str, Any]
