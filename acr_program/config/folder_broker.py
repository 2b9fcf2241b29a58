"""A folder as Celery's broker: kombu's own, made safe to delete while it runs and to read while it is written."""

import os
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """One file a message: written aside and renamed, taken by renaming, so each is whole and has one taker."""

    supports_fanout = False

    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        folder = self._folder(self.data_folder_out)
        name = f"{time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        aside = folder / f".{name}"
        aside.write_bytes(str_to_bytes(dumps(message)))
        aside.rename(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        taken = self._folder(self.processed_folder)
        for path in self._waiting(queue):
            mine = taken / path.name
            try:
                path.rename(mine)
                text = mine.read_text()
                mine.unlink()
                message: dict[str, Any] = loads(text)
            except (OSError, ValueError):
                continue  # another worker was quicker, or the file is no message: a job row rings again
            return message
        raise Empty

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _purge(self, queue: str) -> int:
        waiting = self._waiting(queue)
        for path in waiting:
            path.unlink(missing_ok=True)
        return len(waiting)

    def _lookup(self, exchange: str, routing_key: str, default: str | None = None) -> list[str]:
        """Celery's queues are named like their routing keys: no table on disk that could be lost while it runs."""
        kind = self.state.exchanges.get(exchange, {}).get("type", "direct")
        return [routing_key or default or exchange] if kind == "direct" else []

    def _waiting(self, queue: str) -> list[Path]:
        folder, ending = self._folder(self.data_folder_in), f".{queue}.msg"
        try:
            names = [name for name in os.listdir(folder) if name.endswith(ending) and not name.startswith(".")]
        except OSError:
            return []  # deleted this very moment
        return [folder / name for name in sorted(names)]

    def _folder(self, path: str | Path) -> Path:
        """Made again where somebody deleted it: what was in it, the sweep rings for."""
        folder = Path(path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


class Transport(filesystem.Transport):
    """Named `folder` in broker addresses."""

    Channel = Channel
