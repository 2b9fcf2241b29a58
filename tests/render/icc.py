"""A colour profile as a printer hands one out, small enough to be written here: four inks, sixteen patches, to CIELAB."""

import itertools
import struct


def profile() -> bytes:
    tags = {b"desc": description("Test printer"), b"cprt": b"text\0\0\0\0none\0", b"wtpt": xyz(0.9642, 1, 0.8249)}
    tags[b"A2B0"] = tags[b"A2B1"] = tags[b"A2B2"] = table()
    tags[b"B2A0"] = tags[b"B2A1"] = tags[b"B2A2"] = table(inputs=3, outputs=4)
    place = 128 + 4 + 12 * len(tags)
    index, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        index += name + struct.pack(">II", place + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return header(len(index) + len(body) + 128) + index + body


def header(size: int) -> bytes:
    date = struct.pack(">6H", 1998, 5, 13, 0, 0, 0)
    start = struct.pack(">I", size) + b"none" + struct.pack(">I", 0x02400000) + b"prtrCMYKLab " + date + b"acsp"
    return start + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061) + b"\0" * 48


def table(inputs: int = 4, outputs: int = 3) -> bytes:
    """A table of the eight-bit kind with two steps for each input: paper minus ink, or ink out of lightness."""
    same = b"".join(round(65536 * (n % 4 == 0)).to_bytes(4) for n in range(9))
    ramp = bytes(range(256))
    patches = b"".join(patch(one, outputs) for one in itertools.product((0, 1), repeat=inputs))
    head = b"mft1\0\0\0\0" + bytes([inputs, outputs, 2, 0])
    return head + same + ramp * inputs + patches + ramp * outputs


def patch(amounts: tuple[int, ...], outputs: int) -> bytes:
    if outputs == 4:
        return bytes([0, 0, 0, 255 * (1 - amounts[0])])
    c, m, y, k = amounts
    light = max(0, 255 - 60 * (c + m + y) - 230 * k)
    return bytes([light, 128 + 60 * (m - c) * (1 - k), 128 + 60 * (y - c) * (1 - k)])


def description(words: str) -> bytes:
    text = words.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * (4 + 4 + 2 + 1 + 67)


def xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))
