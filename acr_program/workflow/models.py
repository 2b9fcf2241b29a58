"""The log, its seals, what waits for whom, and the clicks that were answered."""

from .clicks import Click
from .log import LogDetail, LogEntry, LogSeal
from .obligations import Obligation

__all__ = ["Click", "LogDetail", "LogEntry", "LogSeal", "Obligation"]
