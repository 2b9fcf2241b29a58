"""What the parser's process may not do, and how much memory it has had."""

import contextlib
import ctypes
import os
import resource
import signal
import sys


def peak():
    """The most memory this process has had, in MB."""
    with contextlib.suppress(OSError, StopIteration, ValueError):
        status = open("/proc/self/status", encoding="ascii")  # noqa: SIM115 (opened before the doors are shut, see main)
        return lambda: int(next(line for line in status_lines(status) if line.startswith("VmHWM")).split()[1]) >> 10
    return lambda: 0


def status_lines(status):
    status.seek(0)
    return status.readlines()


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
