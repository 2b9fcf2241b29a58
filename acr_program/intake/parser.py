"""Reads one CSV or XLSX file in a process of its own that has few rights, and imports nothing of ours.

The file is its standard input, what is asked stands in its first argument as JSON, and it answers in lines of JSON:
what the file is, its rows by the hundred, its end; or one error with its code (docs/promises.md, rule 11).
"""

import codecs
import contextlib
import csv
import ctypes
import datetime
import io
import itertools
import json
import mimetypes
import os
import re
import resource
import signal
import sys
import zipfile

BATCH = 1000
SAMPLES = 4
SNIFFED = 64 << 10
DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8-sig", "cp1252")
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, ""), (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
DAY = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]\d{1,2}:\d\d.*)?")
NUMBER = re.compile(r"[+-]?\d[\d.,'’ \u00a0\u202f]*")


class Refused(Exception):
    """The file is not read; its code names the sentence, its details fill it."""

    def __init__(self, code, **details):
        super().__init__(code)
        self.code, self.details = code, details


def say(**line):
    sys.stdout.write(json.dumps(line, separators=(",", ":"), ensure_ascii=True) + "\n")


def peak():
    """The most memory this process has had, in MB."""
    with contextlib.suppress(OSError, StopIteration, ValueError):
        status = open("/proc/self/status", encoding="ascii")  # noqa: SIM115 (opened before the doors are shut, see main)
        return lambda: int(next(line for line in status_lines(status) if line.startswith("VmHWM")).split()[1]) >> 10
    return lambda: 0


def status_lines(status):
    status.seek(0)
    return status.readlines()


# What this process may not do


def limit(limits):
    """Bind this process, from here to its end; more seconds are given only to what has been looked through."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it does not outlive whoever asked
    with contextlib.suppress(AttributeError, OSError):
        os.unshare(
            os.CLONE_NEWUSER | os.CLONE_NEWNET
        )  # forbidden in some containers; the doors below are shut there too
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["most"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


SHUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "ftplib.", "http.")


def shut_the_doors():
    """Nothing is connected, started or written, and nothing opened beside the packages of Python."""
    readable = (sys.prefix, sys.base_prefix)

    def watch(event, args):
        if event.startswith(SHUT):
            raise PermissionError(event)
        if event == "open" and isinstance(args[0], str) and not os.path.normpath(args[0]).startswith(readable):
            raise PermissionError(args[0])

    sys.addaudithook(watch)


# Text


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


# Spreadsheets

PART = 8 << 20
PARTS = (
    (re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE), 150 << 20),
    (re.compile(r"xl/sharedstrings\.xml", re.IGNORECASE), 40 << 20),
)
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
LAST = re.compile(rb"<(?:\w+:)?row\s[^>]{0,200}?\br\s*=\s*[\"'](\d{1,9})")
CELL = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})\d")
MARKUP = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
OVERLAP = 300


class Looked:
    """What was counted while the parts of a workbook were inflated once, before anybody makes sense of them."""

    def __init__(self, archive, limits):
        self.archive, self.limits = archive, limits
        self.total = self.sheets = 0
        self.widest = 1
        infos = archive.infolist()
        if len(infos) > 2000 or sum(info.file_size for info in infos) > limits["inflated"]:
            self.refuse_bomb()
        for info in infos:
            if info.flag_bits & 1:
                raise Refused("locked")
            self.look_at(info)

    def refuse_bomb(self):
        raise Refused("bomb", mb=self.limits["inflated"] >> 20)

    def look_at(self, info):
        is_sheet = bool(PARTS[0][0].fullmatch(info.filename))
        most = next((size for pattern, size in PARTS if pattern.fullmatch(info.filename)), PART)
        size, rows, before = 0, 0, b""
        with self.archive.open(info) as part:
            while piece := part.read(1 << 20):
                size += len(piece)
                if size > most or self.total + size > self.limits["inflated"]:
                    self.refuse_bomb()
                both = before + piece
                if MARKUP.search(both.replace(b"\0", b"")):
                    raise Refused("entities")
                if is_sheet:
                    rows += len(ROW.findall(both)) - len(ROW.findall(before))
                    self.check_reach(both, rows)
                before = both[-OVERLAP:]
        self.total += size
        self.sheets += size if is_sheet else 0

    def check_reach(self, piece, rows):
        """Too many rows, or a cell far from all others."""
        if rows > self.limits["rows"] + 1:
            raise Refused("rows", most=self.limits["rows"])
        for letters in set(CELL.findall(piece)):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            if column > self.limits["columns"]:
                raise Refused("far", cell=f"column {letters.decode()}")
            self.widest = max(self.widest, column)
        numbers = LAST.findall(piece)
        if numbers and int(numbers[-1]) > self.limits["rows"] + 1000:
            raise Refused("far", cell=f"row {int(numbers[-1])}")


def sheet_rows(data, options, head, limits):
    """The rows of one sheet of a workbook, each with its number."""
    os.environ["OPENPYXL_LXML"] = "False"  # the parser of the standard library knows its limits
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            raise Refused("not-xlsx")
        looked = Looked(archive, limits)
    seconds = min(limits["cpu"] + (looked.sheets >> 20), limits["most"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, limits["most"] + 1))
    say(budget=seconds)
    sys.stdout.flush()
    mimetypes.knownfiles = []  # openpyxl asks for types, and the system's list is behind a shut door
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    names = [sheet.title for sheet in book.worksheets]
    wanted = options.get("sheet") or next((s.title for s in book.worksheets if s.sheet_state == "visible"), None)
    if wanted not in names:
        raise Refused("sheet", sheet=str(wanted), sheets=", ".join(names[:10]))
    head.update(format="xlsx", encoding="", delimiter="", sheet=wanted, sheets=names[:50])
    sheet = book[wanted]
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=1, max_row=limits["rows"] + 1001, max_col=looked.widest)
    return ((number, [cell_of(cell) for cell in row]) for number, row in enumerate(rows, start=1))


def cell_of(cell):
    value, kind = cell.value, cell.data_type
    if value is None or (type(value) is str and kind in ("s", "n", "inlineStr", "str")):
        return value
    if kind == "f":
        return ["formula", str(getattr(value, "text", value))]
    if kind == "e":
        return ["error", str(value)]
    if isinstance(value, datetime.datetime):
        return ["day", value.date().isoformat()]
    return value if isinstance(value, (bool, int, float, str)) else str(value)


# What the columns look like


class Column:
    """What the cells of one column have in common: how days and numbers are written there."""

    def __init__(self):
        self.samples = []
        self.filled = self.days = self.year_first = self.day_first = self.month_first = 0
        self.numbers = self.comma = self.point = self.unclear = 0

    def see(self, cell):
        if cell is None or cell == "":
            return
        self.filled += 1
        if (
            len(self.samples) < SAMPLES
            and (said := str(cell[1] if isinstance(cell, list) else cell)[:60]) not in self.samples
        ):
            self.samples.append(said)
        if type(cell) is str and len(cell) < 30 and any(sign.isdigit() for sign in cell[:6]):
            self.see_text(cell.strip())

    def see_text(self, text):
        if day := DAY.fullmatch(text):
            self.days += 1
            if len(day[1]) == 4:
                self.year_first += 1
            elif int(day[1]) > 12:
                self.day_first += 1
            elif int(day[2]) > 12:
                self.month_first += 1
        bare = text.strip("€$£¥% ")
        if NUMBER.fullmatch(bare):
            self.numbers += 1
            self.see_number(bare)

    def see_number(self, text):
        comma, point = text.count(","), text.count(".")
        if comma and point:
            self.comma += text.rfind(",") > text.rfind(".")
            self.point += text.rfind(".") > text.rfind(",")
        elif comma + point == 1:
            mark = "," if comma else "."
            tail = text[text.rfind(mark) + 1 :]
            if len(tail) == 3 and len(text.split(mark)[0].lstrip("+-")) < 4 and not text.lstrip("+-").startswith("0"):
                self.unclear += 1
            elif comma:
                self.comma += 1
            else:
                self.point += 1
        elif comma > 1:
            self.point += 1  # thousands between commas
        elif point > 1:
            self.comma += 1


def headings_of(row):
    """Names for all columns: as they stand, numbered where two are alike."""
    seen, names = {}, []
    for at, cell in enumerate(row, start=1):
        name = (
            " ".join(str(cell[1] if isinstance(cell, list) else "" if cell is None else cell).split())[:80] or f"({at})"
        )
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def rows_in(data, asked, head):
    if data[:4] == b"PK\x03\x04":
        found = sheet_rows(data, asked["options"], head, asked["limits"])
    elif data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused("old-excel")
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
    if not asked["look"]:
        say(head=head)
    columns, count = [Column() for _name in head["headings"]], 0
    for batch in itertools.batched(rows, BATCH):
        count += len(batch)
        if count > limits["rows"]:
            raise Refused("rows", most=limits["rows"])
        if asked["look"]:
            for _number, row in batch:
                for column, cell in zip(columns, row, strict=False):
                    column.see(cell)
        else:
            say(rows=[[number, trimmed(row)] for number, row in batch])
    if asked["look"]:
        say(head=head | {"rows": count, "columns": [vars(column) for column in columns]})
    say(end=count)


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
