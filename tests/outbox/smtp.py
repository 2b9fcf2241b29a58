"""A mail server for tests: keeps what it takes, and misbehaves as it is told."""

import socketserver
import threading
import time
from collections.abc import Callable
from email import message_from_bytes, policy


class Session(socketserver.StreamRequestHandler):
    """One connection; for each mail the server's plan says how it goes."""

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        server: Server = self.server  # type: ignore[assignment]
        fate = server.plan()
        server.fates.append(fate)
        if fate == "refuse":
            return
        if fate == "hang":
            time.sleep(server.patience)
            return
        self.say("554 No service." if fate == "554" else "220 test")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                self.say("221 Bye")
                return
            if verb == b"RCPT" and fate in ("451", "550"):
                self.say(f"{fate} No such user here" if fate == "550" else "451 Come back later")
            elif verb == b"DATA":
                if not self.take(server, fate):
                    return
            else:
                self.say("250 OK")

    def take(self, server: "Server", fate: str) -> bool:
        self.say("354 Go on")
        data = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            data += line[1:] if line.startswith(b".") else line
        if fate in ("452", "552"):
            self.say(f"{fate} Not enough room")
            return True
        with server.lock:
            server.mails.append(message_from_bytes(data, policy=policy.default))
        if fate == "drop":
            return False
        self.say("250 Taken")
        return True


class Server(socketserver.ThreadingTCPServer):
    """Listens on a port of its own; `mails` is what came, `plan` says how the next connection fares."""

    allow_reuse_address = daemon_threads = True
    request_queue_size = 50

    def __init__(self, plan: Callable[[], str] = lambda: "ok") -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.plan, self.mails, self.fates, self.lock, self.patience = plan, [], [], threading.Lock(), 1.0
        self.client_waits = 0.5  # seconds until the client gives an answer up

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def mailer(self) -> dict:
        options = {"host": "127.0.0.1", "port": self.port, "timeout": self.client_waits}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is part of the test."""

    def __enter__(self) -> "Server":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()
        self.server_close()
