"""The renderer of a promise: the program's own, which writes down whatever its documents try to reach; guards off by name.

Started by a small script that rendering.py writes: `renderer GUARDS BOOK`. Nothing of it is reachable from the program.
"""

import importlib.util
import os
import sys
from pathlib import Path

SERVER = Path(__file__).parents[2] / "acr_program" / "render" / "server.py"
spec = importlib.util.spec_from_file_location("server", SERVER)
assert spec is not None
assert spec.loader is not None
server = importlib.util.module_from_spec(spec)
spec.loader.exec_module(server)

OFF, BOOK = set(filter(None, sys.argv[1].split(","))), sys.argv[2]
REACHES = (
    "socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "ftplib.connect",
    "http.client.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
)  # fmt: skip
shut = server.shut_the_doors
closed = server.assets


def watched(readable):
    """Notes each attempt before the program's own second wall hears of it, and lets it pass."""
    book = os.open(BOOK, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(event, args):
        outside = event == "open" and not os.path.normpath(str(args[0])).startswith(readable)
        if event in REACHES or outside:
            os.write(book, f"{event} {' '.join(map(str, args[:2]))}\n"[:300].encode())

    sys.addaudithook(note)
    if "doors" not in OFF:
        shut(readable)


def stock(blobs):
    """The library's own fetcher, which still finds what it was given."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Stock(URLFetcher):
        def fetch(self, url, headers=None):
            name = url.partition(":")[2]
            return URLFetcherResponse(url, blobs[name]) if name in blobs else super().fetch(url, headers)

    return Stock(timeout=1)


server.shut_the_doors = watched
if "fetcher" in OFF:
    server.assets = stock
if "network" in OFF:
    server.leave_the_network = lambda: False
server.main()
