"""Pictures, looked at without being decoded: how they are built, how large they say they are, where they end."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .errors import NotTaken
from .plain import refuse_a_second_file

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
SIDE, PIXELS = 12_000, 60_000_000
PIECES = 20_000
SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # the JPEG markers that say the size
BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers that stand alone


def check_png(data: bytes) -> None:
    """Piece by piece from the head to the end, and nothing behind it."""
    at, name, pieces = len(PNG), b"", 0
    while name != b"IEND":
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        pieces += 1
        if (pieces == 1) != (name == b"IHDR") or pieces > PIECES or at + 12 + length > len(data):
            raise broken()
        if name == b"IHDR":
            check_size(int.from_bytes(data[at + 8 : at + 12]), int.from_bytes(data[at + 12 : at + 16]))
        at += 12 + length
    if at != len(data):
        raise NotTaken(_("Something stands behind the end of the picture, so it is not taken. Save it anew."))
    refuse_a_second_file(data)


def check_jpeg(data: bytes) -> None:
    """Segment by segment up to the pixels; it must end as a picture ends."""
    at, sized = 2, False
    for _piece in range(PIECES):
        if at + 4 > len(data) or data[at] != 0xFF:
            raise broken()
        marker = data[at + 1]
        if marker == 0xFF or marker in BARE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xDA:
            break
        if marker in SIZES:
            check_size(int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7]))
            sized = True
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    if not sized or not data.endswith(b"\xff\xd9"):
        raise broken()
    refuse_a_second_file(data)


def check_size(width: int, height: int) -> None:
    if not width or not height:
        raise broken()
    if max(width, height) > SIDE or width * height > PIXELS:
        words = _("The picture is %(width)d by %(height)d pixels, which is too large. Send it smaller.")
        raise NotTaken(words % {"width": width, "height": height})


def broken() -> NotTaken:
    return NotTaken(_("The picture is not whole, so it is not taken. Save it anew and send it again."))
