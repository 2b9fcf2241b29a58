"""Says in a sentence which of PostgreSQL and Redis does not answer: `python -m tests.services DATABASE REDIS`."""

import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis


def faults(database: str, broker: str) -> list[str]:
    """Asked at the server's own database, because the tests make theirs."""
    found = []
    try:
        psycopg.connect(urlunsplit(urlsplit(database)._replace(path="/postgres")), connect_timeout=5).close()
    except psycopg.Error:
        found.append(f"PostgreSQL does not answer at {place(database)}. Start it, or name another in CI_DATABASE_URL.")
    try:
        redis.Redis.from_url(broker, socket_timeout=5, socket_connect_timeout=5).ping()
    except redis.RedisError:
        found.append(f"Redis does not answer at {place(broker)}. Start it, or name another in CI_REDIS_URL.")
    return found


def place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or ''}{parts.path}"


if __name__ == "__main__":
    problems = faults(*sys.argv[1:3])
    print("\n".join(problems), end="\n" if problems else "")
    raise SystemExit(bool(problems))
