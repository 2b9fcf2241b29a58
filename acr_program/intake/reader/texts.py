"""The rows of a CSV file: how its bytes are letters, and what divides its columns."""

import codecs
import contextlib
import csv
import io
import itertools
import re

from answering import Refused

SNIFFED = 64 << 10
DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8-sig", "cp1252")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, ""), (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def encoding_of(data, wanted):
    """How the bytes are text: as said, by their mark, or the first of the usual ones that fits all of them."""
    marked = next((name for mark, name in BOMS if data.startswith(mark)), None)
    if marked == "":
        raise Refused("encoding")
    even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
    if marked is None and even + odd:
        many = min(len(data), 2000) // 3
        marked = "utf-16-le" if odd > many > even else "utf-16-be" if even > many > odd else ""
        if not marked:
            raise Refused("binary")
    tried = [wanted] if wanted else [marked] if marked else ENCODINGS
    for name in tried:
        try:
            for _piece in codecs.iterdecode((data[at : at + (1 << 20)] for at in range(0, len(data), 1 << 20)), name):
                pass
        except UnicodeDecodeError as error:
            wrong = (error.object[error.start] if wanted else 0, name)
        else:
            return name
    raise Refused("not-so-encoded", byte=f"0x{wrong[0]:02X}", encoding=wrong[1]) if wanted else Refused("encoding")


def delimiter_of(text):
    """The sign that divides the first lines into the same number of columns, the most of them."""
    best = (0, 0, ",")
    for sign in DELIMITERS:
        with contextlib.suppress(csv.Error):
            widths = [
                len(row)
                for row in itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 40)
                if row
            ]
            if widths and widths[0] > 1:
                best = max(best, (widths.count(widths[0]) / len(widths), widths[0], sign), key=lambda one: one[:2])
    return best[2]


def text_rows(data, options, head):
    """The rows of a CSV file, each with its number."""
    name = encoding_of(data, options.get("encoding") or "")
    sniffed = codecs.getincrementaldecoder(name)().decode(data[:SNIFFED])
    told = re.match(r'\ufeff?"?sep=(.)"?\r?\n', sniffed)
    sign = options.get("delimiter") or (told[1] if told else delimiter_of(sniffed))
    head.update(format="csv", encoding=name, delimiter=sign, sheets=[])
    stream = io.TextIOWrapper(io.BytesIO(data), encoding=name, newline="")
    rows = enumerate(csv.reader(stream, delimiter=sign, strict=False), start=1)
    if told:
        next(rows)
    return rows
