"""How gunicorn serves the program: `gunicorn --config python:acr_program.config.gunicorn`."""

import os

wsgi_app = "acr_program.wsgi:application"
bind = f"{os.environ.get('ACR_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
preload_app = True  # refused once, by the parent, on unsafe settings; and the workers share what it has loaded
worker_class = "gthread"  # browsers open connections ahead of need; a worker without threads would wait on them
threads = 4
timeout = 60
graceful_timeout = 25
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  a slow disk must not look like a hang
forwarded_allow_ips = "127.0.0.1"  # the scheme is taken from the header only where ACR_TRUSTED_PROXIES says so
loglevel = "warning"
control_socket_disable = True  # one more way in, and two offices of one person would share it


def when_ready(_server: object) -> None:
    """Before the first worker is made: they share what is loaded by now."""
    from acr_program.config.sharing import load

    load()
