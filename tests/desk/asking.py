"""How many questions a page asks the database."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MARKS = re.compile("PRAGMA|SET TRANSACTION|SAVEPOINT|RELEASE|BEGIN|COMMIT")


def questions(client: Client, url: str) -> list[str]:
    """What the page asks the second time: content types and the frame are read once a process."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return [query["sql"] for query in captured.captured_queries if not MARKS.match(query["sql"])]


def text(answer) -> str:
    """The words of a page, without its tags."""
    body = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())
