"""The log, its seals, and what waits for whom."""

from .log import LogDetail, LogEntry, LogSeal
from .obligations import Obligation

__all__ = ["LogDetail", "LogEntry", "LogSeal", "Obligation"]
