"""A print shop that orders are posted to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

SECRET = "w" * 40


class Shop(HTTPServer):
    """A print shop's program on loopback: it answers as told, and keeps what it was sent."""

    def __init__(self, *answers: int) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.answers, self.got = list(answers), list[tuple[dict[str, str], bytes]]()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/orders/"


class Door(BaseHTTPRequestHandler):
    server: Shop

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        status = self.server.answers.pop(0) if self.server.answers else 204
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere/")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def a_shop(*answers: int) -> Iterator[Shop]:
    """Open for as long as somebody needs it."""
    shop = Shop(*answers)
    threading.Thread(target=shop.serve_forever, daemon=True).start()
    try:
        yield shop
    finally:
        shop.shutdown()
        shop.server_close()
