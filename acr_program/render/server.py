"""Renders editions of documents, one limited child each, in a small process that has imported WeasyPrint and nothing of ours.

Talks over the socket it finds as its standard input: every message is a length, a JSON header that names its blobs and
their sizes, then the blobs. The first message brings limits, style sheets and fonts; each one after it is a document
(docs/promises.md, rule 10). A document that burns its limits, opens what it was not given or crashes ends its own child.
"""

import contextlib
import ctypes
import gc
import io
import json
import logging
import os
import resource
import select
import signal
import socket
import struct
import sys
import time

WORDS_OF_AN_ERROR = 500
MOST_WARNINGS = 20


# Messages: the same few lines stand in client.py, because this process imports nothing of ours


def receive(line):
    (length,) = struct.unpack("!I", exactly(line, 4))
    header = json.loads(exactly(line, length))
    return header, {name: exactly(line, size) for name, size in header["blobs"]}


def send(line, header, blobs=None):
    blobs = blobs or {}
    head = json.dumps({**header, "blobs": [[name, len(blob)] for name, blob in blobs.items()]}).encode()
    line.sendall(b"".join([struct.pack("!I", len(head)), head, *blobs.values()]))


def exactly(line, length):
    parts = []
    while length:
        part = line.recv(min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


# What a child may not do


def leave_the_network():
    """Go into a network namespace with nothing in it; False where the kernel or the container forbids that."""
    try:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    except (AttributeError, OSError):
        return False
    return True


def die_with(server):
    """No child outlives its server, not even one that was killed before the child had asked for that."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: the kernel tells the deaths from here on
    if os.getppid() != server:
        os._exit(1)


def limit(limits):
    """Bind this process, from here to its end."""
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    cpu = limits["cpu"]
    for kind, soft, hard in (
        (resource.RLIMIT_CPU, cpu, cpu + 1),
        (resource.RLIMIT_AS, limits["memory"], limits["memory"]),
        (resource.RLIMIT_FSIZE, limits["file"], limits["file"]),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


class Forbidden(BaseException):
    """The document wanted to open something; no BaseException of this kind is caught on the way out."""


CLOSED_DOORS = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "ftplib.connect",
    "http.client.connect",
)  # fmt: skip

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def shut_the_doors(readable):
    """A second wall where there is no network namespace: calls that connect, start or open are refused by name."""

    def watch(event, args):
        if event in CLOSED_DOORS:
            raise Forbidden(" ".join(str(arg) for arg in args[:2])[:WORDS_OF_AN_ERROR])
        if event == "open" and (args[2] & WRITING or not os.path.normpath(str(args[0])).startswith(readable)):
            raise Forbidden(f"file {args[0]}"[:WORDS_OF_AN_ERROR])

    sys.addaudithook(watch)


# Rendering


class House:
    """What all documents share: fonts loaded and style sheets parsed, once, before the first child is forked."""

    def __init__(self, setup, blobs):
        from PIL import Image
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

        Image.init()  # its readers are imported once, here, and not by every child
        self.limits = setup["limits"]
        self.fonts = FontConfiguration()
        self.faces = CSS(string=setup["faces"], url_fetcher=assets(blobs), font_config=self.fonts)
        self.sheets = {name: CSS(string=text, url_fetcher=assets({})) for name, text in setup["sheets"].items()}
        self.inks = inks_of(blobs["profile"]) if "profile" in blobs else {}
        self.readable = (sys.prefix, sys.base_prefix)  # packages, for hyphenation patterns and late imports
        if setup["warm"]:
            warm = HTML(string=setup["warm"], url_fetcher=assets({}))
            how = {"stylesheets": [self.faces, self.sheets["screen"]], "font_config": self.fonts}
            warm.write_pdf(**how, pdf_variant="pdf/ua-1")

    def document(self, request, blobs):
        """One edition: its bytes and its number of pages."""
        from weasyprint import HTML

        page, options = blobs.pop("page").decode(), request["options"]
        fetcher = assets(blobs)
        how = {"stylesheets": [self.faces, self.sheets[request["sheet"]]], "font_config": self.fonts, **options}
        if request["inks"]:
            how["color_profiles"] = dict(self.inks)
        laid_out = HTML(string=page, url_fetcher=fetcher).render(**how)
        if blank := -len(laid_out.pages) % request["leaves"]:
            laid_out.pages += HTML(string=LEAF * blank, url_fetcher=fetcher).render(**how).pages
        return laid_out.write_pdf(finisher=in_ink if request["inks"] else in_words, **options), len(laid_out.pages)


LEAF = '<div class="leaf"></div>'


def inks_of(profile):
    """The printer's profile as WeasyPrint takes it, for what is said in device-cmyk()."""
    from weasyprint.css import ColorProfile

    inks = [["c"], ["m"], ["y"], ["k"]]
    return {"device-cmyk": ColorProfile(io.BytesIO(profile), "profile", "relative-colorimetric", inks)}


def in_words(document, pdf):
    """Links within the document are described by their words; WeasyPrint leaves the name of the place there."""
    from pydyf import Dictionary, String

    words = {link.get("href"): "".join(link.itertext()) for link in document._html.etree_element.iter("a")}
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "Dest" in one and "Contents" in one:
            one["Contents"] = String(words.get(f"#{one['Dest'].string}") or one["Dest"].string)


def in_ink(_document, pdf):
    """Crop marks are drawn in the screen's black: here they take all four inks, so that each plate has them."""
    for one in pdf.objects:
        if hasattr(one, "stream"):
            one.stream = [MARKS.get(line, line) for line in one.stream]


MARKS = {b"0 0 0 RG": b"1 1 1 1 K", b"0 0 0 rg": b"0 0 0 1 k"}


def assets(blobs):
    """A fetcher that answers `asset:` names out of a dictionary and ends the document at any other address."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Assets(URLFetcher):
        def __init__(self):  # without the handlers of the stock fetcher there is nothing to open with
            self._fail_on_errors = True

        def fetch(self, url, headers=None):
            scheme, _, name = url.partition(":")
            if scheme.lower() != "asset" or name not in blobs:
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, blobs[name])

    return Assets()


class Warnings(logging.Handler):
    """Keeps what WeasyPrint had to say, so that an ignored declaration does not pass unseen."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        if len(self.lines) < MOST_WARNINGS:
            self.lines.append(record.getMessage()[:WORDS_OF_AN_ERROR])


def child(house, request, blobs, out):
    """The forked process: render within the limits, hand over the file or the reason, end."""
    from weasyprint.logger import LOGGER
    from weasyprint.urls import FatalURLFetchingError

    limit(house.limits)
    gc.disable()  # the process ends before garbage matters
    sys.dont_write_bytecode = True
    notes = Warnings()
    LOGGER.handlers[:] = [notes]
    shut_the_doors(house.readable)
    files = {}
    try:
        files["file"], pages = house.document(request, blobs)
        answer = {"pages": pages, "warnings": notes.lines}
    except FatalURLFetchingError as error:
        answer = {"error": "address", "detail": str(error)}
    except Forbidden as error:
        answer = {"error": "address", "detail": str(error)}
    except MemoryError:
        answer = {"error": "memory", "detail": ""}
    except RecursionError:
        answer = {"error": "depth", "detail": ""}
    except BaseException as error:  # whatever else a document can cause is the author's to know
        answer = {"error": "broken", "detail": f"{type(error).__name__}: {error}"}
    answer["detail"] = answer.get("detail", "")[:WORDS_OF_AN_ERROR]
    send(out, answer, files)
    os._exit(0)


def render(house, request, blobs):
    """Fork a child for one document, wait for it no longer than the wall clock allows, and bury it with its group."""
    start = time.monotonic()
    ours, theirs = socket.socketpair()
    server = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            die_with(server)
            os.setpgid(0, 0)
            ours.close()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # the line to the worker is not the child's
            child(house, request, blobs, theirs)
        finally:
            os._exit(1)
    theirs.close()
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)
    answer, files, cut = listen(ours, start + house.limits["wall"], house.limits["file"])
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    ours.close()
    peak = usage.ru_maxrss << 10
    answer = answer or reason(status, cut, peak, house.limits)
    if answer.get("error") == "broken" and peak > house.limits["memory"] // 2:
        answer["error"] = "memory"  # libraries out of memory fail in many words, seldom in the right ones
    return {**answer, "cpu": usage.ru_utime + usage.ru_stime, "peak": peak}, files


def listen(line, deadline, most):
    """The child's answer and files, or nothing; and whether it was the clock or its length that cut it short."""
    parts, size = [], 0
    while size <= most:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([line], [], [], left)[0]:
            return None, {}, "wall"
        part = line.recv(1 << 20)
        if not part:
            break
        parts.append(part)
        size += len(part)
    else:
        return None, {}, "size"
    try:
        return *receive(Read(b"".join(parts))), ""
    except (EOFError, ValueError):
        return None, {}, ""


class Read(io.BytesIO):
    """Bytes that are read as if from a socket."""

    def recv(self, length):
        return self.read(length)


OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGTRAP, -signal.SIGBUS)  # how C libraries take it


def reason(status, cut, peak, limits):
    """Why a child ended without a word."""
    code = os.waitstatus_to_exitcode(status)
    if cut:
        return {"error": cut, "detail": ""}
    if code == -signal.SIGXCPU:
        return {"error": "cpu", "detail": ""}
    if code == -signal.SIGXFSZ:
        return {"error": "size", "detail": ""}
    if code in OUT_OF_MEMORY and peak > limits["memory"] // 5:
        return {"error": "memory", "detail": ""}
    return {"error": "signal", "detail": str(-code)} if code < 0 else {"error": "broken", "detail": f"exit code {code}"}


def main():
    line = socket.socket(fileno=0)
    isolated = leave_the_network()
    try:
        setup, blobs = receive(line)
        try:
            import weasyprint

            house = House(setup, blobs)
        except BaseException as error:
            send(line, {"error": "start", "detail": f"{type(error).__name__}: {error}"[:WORDS_OF_AN_ERROR]})
            return
        gc.freeze()
        send(line, {"isolated": isolated, "version": weasyprint.__version__})
        while True:
            send(line, *render(house, *receive(line)))
    except (EOFError, ConnectionError):
        pass  # the worker has gone, and nothing is left to do


if __name__ == "__main__":
    main()
