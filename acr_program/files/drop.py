"""Files laid where somebody else picks them up: a folder, or any place fsspec knows by its address (sftp://, s3://)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import fsspec
from django.utils.translation import gettext as _


def lay(url: str, files: Mapping[str, bytes]) -> None:
    """Each whole or not at all, in the order given, under its own name: the same again replaces itself."""
    place, root = opened(url)
    place.makedirs(root, exist_ok=True)
    for name, data in files.items():
        aside = f"{root}/.{name}.part"
        place.pipe_file(aside, data)
        place.mv(aside, f"{root}/{name}")


def clear(url: str, names: Iterable[str]) -> None:
    """Take away what still lies there."""
    place, root = opened(url)
    for name in names:
        if place.exists(f"{root}/{name}"):
            place.rm_file(f"{root}/{name}")


def opened(url: str) -> tuple[Any, str]:
    place, root = fsspec.url_to_fs(url)
    return place, str(root).rstrip("/")


def fault(url: str) -> str:
    """Why nothing could be laid there, as far as it can be told without going there; empty where nothing is wrong."""
    protocol = urlsplit(url).scheme if "://" in url else "file"
    try:
        fsspec.get_filesystem_class(protocol)
    except ImportError as error:
        words = _(
            "Orders for print are to go to a place of the kind %(kind)s, which this program cannot reach: %(why)s."
        )
        return words % {"kind": protocol, "why": str(error).rstrip(".")}
    except ValueError:
        return _("Orders for print are to go to a place of the kind %(kind)s, which is not known.") % {"kind": protocol}
    return ""
