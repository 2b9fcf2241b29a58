"""A network of its own with nothing in it but a server that counts who knocks."""

from __future__ import annotations

import fcntl
import os
import pickle
import socket
import struct
import threading
import traceback
from collections.abc import Callable
from typing import Any

ELSEWHERE = ("169.254.169.254", "10.0.0.1", "93.184.216.34")  # the cloud's own address, somebody's office, the world
PORTS = (80, 443, 21)
UP, ADDRESS, NETMASK = 0x8914, 0x8916, 0x891C  # SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFNETMASK


def apart(act: Callable[[bool], Any]) -> Any:
    """In a child that is alone with its trap, where the kernel allows that; the act is told whether it is."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read)
            with os.fdopen(write, "wb") as pipe:
                try:
                    answer: Any = act(alone())
                except Exception:
                    answer = traceback.format_exc()
                pickle.dump(answer, pipe)
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        data = pipe.read()
    os.waitpid(pid, 0)
    return pickle.loads(data) if data else "The child died."


def alone() -> bool:
    """Leave the network, and answer at the addresses that documents like to name."""
    try:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            for number, address in enumerate(("127.0.0.1", *ELSEWHERE)):
                name = b"lo" if not number else b"lo:%d" % number
                for request, value in ((ADDRESS, address), (NETMASK, "255.255.255.255" if number else "255.0.0.0")):
                    fcntl.ioctl(
                        control, request, struct.pack("16sHH4s8x", name, socket.AF_INET, 0, socket.inet_aton(value))
                    )
                fcntl.ioctl(control, UP, struct.pack("16sh14x", name, 0x41))  # IFF_UP and IFF_RUNNING
    except (AttributeError, OSError):
        return False
    return True


class Trap:
    """Listens on all it may, answers everybody with a way to a file, and counts them."""

    def __init__(self, everywhere: bool, leads_to: str) -> None:
        self.knocks: list[str] = []
        host = "0.0.0.0" if everywhere else "127.0.0.1"
        wanted = (0, *(PORTS if everywhere else ()))
        self.listeners = [socket.create_server((host, port)) for port in wanted]
        self.port = self.listeners[0].getsockname()[1]
        body = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
        head = f"HTTP/1.1 302 Found\r\nLocation: {leads_to}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.answer = head.encode() + body
        for listener in self.listeners:
            threading.Thread(target=self.listen, args=(listener,), daemon=True).start()

    def listen(self, listener: socket.socket) -> None:
        while True:
            try:
                caller, where = listener.accept()
            except OSError:
                return
            self.knocks.append(f"{listener.getsockname()} from {where}")
            try:
                caller.settimeout(0.2)
                caller.recv(200)
                caller.sendall(self.answer)
            except OSError:
                pass
            finally:
                caller.close()

    def close(self) -> None:
        for listener in self.listeners:
            listener.close()
