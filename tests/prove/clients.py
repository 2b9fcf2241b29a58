"""People at work: signed in by a session of their own, each on a connection of its own."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

SECRET = "x" * 32
IDLE = 3.0  # seconds: the server closes a quiet connection after five
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Files = dict[str, tuple[str, bytes]]  # field: the name of the file, and its bytes


class Answer(NamedTuple):
    """What came back; status 0 where nothing came and the outcome is unknown."""

    status: int
    body: str
    headers: dict[str, str]

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body) if self.body.startswith("{") else {}


def session_of(user: Any) -> str:
    """A signed-in session, made where sessions are kept."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


class Client:
    """One browser of one person; anonymous without a session."""

    def __init__(self, port: int, session: str = "") -> None:
        from django.conf import settings

        self.port = port
        self.cookie = f"{settings.CSRF_COOKIE_NAME}={SECRET}"
        if session:
            self.cookie += f"; {settings.SESSION_COOKIE_NAME}={session}"
        self.connection: http.client.HTTPConnection | None = None
        self.used = 0.0

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(
        self, path: str, data: dict[str, Any], *, files: Files | None = None, as_json: bool = True, token: bool = True,
        **headers: str,
    ) -> Answer:  # fmt: skip
        """Send a form, in parts where files go with it."""
        given = {"csrfmiddlewaretoken": SECRET, **data} if token else data
        wanted = {"Accept": "application/json"} if as_json else {"Accept": "text/html"}
        if not files:
            return self.ask("POST", path, urlencode(given, doseq=True), FORM | wanted | headers)
        parts = {name: SimpleUploadedFile(*file, content_type="text/plain") for name, file in files.items()}
        body = encode_multipart(BOUNDARY, given | parts)
        return self.ask("POST", path, body, {"Content-Type": MULTIPART_CONTENT} | wanted | headers)

    def ask(self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]) -> Answer:
        if time.monotonic() - self.used > IDLE:
            self.hang_up()
        self.used = time.monotonic()
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            self.connection.request(method, path, body, {"Cookie": self.cookie, **named})
            answer = self.connection.getresponse()
            text = answer.read().decode(errors="replace")
            if answer.getheader("Connection", "").lower() == "close":
                self.hang_up()
            return Answer(answer.status, text, dict(answer.getheaders()))
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return Answer(0, "", {})

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def all_at_once(acts: Iterable[Callable[[], Any]]) -> list[Any]:
    """Let them all begin at the same moment; what each gave, in order."""
    acts = list(acts)
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        gate.wait()
        answers[number] = act()

    threads = [threading.Thread(target=run, args=(number, act), daemon=True) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
