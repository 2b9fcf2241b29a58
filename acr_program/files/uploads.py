"""How large a file that somebody sends may be: known while it streams in, so that the rest is never kept."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

LARGEST = 20 << 20


class Limited(FileUploadHandler):
    """Lets pass what is small enough; of anything larger the rest is thrown away, and the form finds no file.

    `request.META["acr.too_large"]` names it, for the sentence.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > LARGEST:
            assert self.request is not None
            self.request.META["acr.too_large"] = self.file_name or ""
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def too_large(request: Any) -> bool:
    """Whether a file of this request was larger than may be."""
    return "acr.too_large" in request.META
