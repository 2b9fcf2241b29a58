"""Reads one CSV or XLSX file in a process of its own that has few rights, and imports nothing of the program.

The file is its standard input, what is asked stands in its first argument as JSON, and it answers in lines of JSON:
what the file is, its rows by the thousand, its end; or one error with its code (docs/promises.md, rule 11).
"""

import csv
import itertools
import json
import sys
import zipfile

from answering import Refused, say
from columns import Column, headings_of
from limiting import limit, peak, shut_the_doors
from texts import text_rows
from workbooks import sheet_rows

BATCH = 1000
OTHERS = (b"\x89PNG", b"%PDF-", b"GIF8", b"\xff\xd8\xff", b"{\\rtf")  # pictures and texts that begin like no table


def rows_in(data, asked, head):
    if data[:4] == b"PK\x03\x04":
        found = sheet_rows(data, asked["options"], head, asked["limits"])
    elif data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused("old-excel")
    elif data.startswith(OTHERS):
        raise Refused("binary")
    else:
        found = text_rows(data, asked["options"], head)
    return ((number, row) for number, row in found if any(cell not in (None, "") and cell != " " for cell in row))


def trimmed(row):
    while row and (row[-1] is None or row[-1] == ""):
        row.pop()
    return row


def read(asked):
    limits = asked["limits"]
    data = sys.stdin.buffer.read(limits["file"] + 1)
    if len(data) > limits["file"]:
        raise Refused("size", mb=limits["file"] >> 20)
    if not data.strip():
        raise Refused("empty")
    head = {}
    rows = rows_in(data, asked, head)
    first = next(rows, None)
    if first is None:
        raise Refused("empty")
    head["headings"] = headings_of(trimmed(list(first[1])))
    if len(head["headings"]) > limits["columns"]:
        raise Refused("columns", most=limits["columns"])
    (tell_columns if asked["look"] else tell_rows)(head, counted(rows, limits["rows"]))


def counted(rows, most):
    """The rows by the hundred, refused where there are too many."""
    count = 0
    for batch in itertools.batched(rows, BATCH, strict=False):
        count += len(batch)
        if count > most:
            raise Refused("rows", most=most)
        yield batch


def tell_rows(head, batches):
    say(head=head)
    for batch in batches:
        say(rows=[[number, trimmed(row)] for number, row in batch])


def tell_columns(head, batches):
    columns, count = [Column() for _name in head["headings"]], 0
    for batch in batches:
        count += len(batch)
        cells = itertools.zip_longest(*(row for _number, row in batch))
        for column, some in zip(columns, cells, strict=False):
            column.see_all(some)
    say(head=head | {"rows": count, "columns": [vars(column) for column in columns]})


def main():
    asked = json.loads(sys.argv[1])
    peak_now = peak()
    limit(asked["limits"])
    shut_the_doors()
    csv.field_size_limit(asked["limits"]["cell"])
    try:
        read(asked)
    except Refused as refusal:
        say(error=refusal.code, details=refusal.details)
    except MemoryError:
        say(error="memory")
    except csv.Error as error:
        say(error="quotes" if "limit" in str(error) else "csv", details={"said": str(error)[:200]})
    except UnicodeDecodeError:
        say(error="encoding")
    except zipfile.BadZipFile:
        say(error="not-xlsx")
    except RecursionError:
        say(error="memory")
    except Exception as error:  # whatever else is wrong with a file is its author's to know
        say(error="broken", details={"said": f"{type(error).__name__}: {error}"[:200]})
    say(peak=peak_now())
    sys.stdout.flush()


if __name__ == "__main__":
    main()
