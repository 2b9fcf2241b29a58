"""P9: the same inputs give the same bytes, in this process and in any other."""

import hashlib
import os
import subprocess
import sys

import pytest
from django.conf import settings

from acr_program.render import client
from acr_program.render.document import compose

from . import example

pytestmark = [pytest.mark.process, pytest.mark.demand("P9")]

ELSEWHERE = """
import django; django.setup()
import hashlib
from acr_program.render import client
from acr_program.render.document import compose
from tests.render import example
print(hashlib.sha256(client.render(compose(example.full())).files["screen"]).hexdigest())
"""


def digest(rendered):
    return hashlib.sha256(rendered.files["screen"]).hexdigest()


def test_twice_here(full_pages):
    again = client.render(compose(example.full()))

    assert digest(again) == digest(full_pages)


def test_in_another_process_at_another_time_under_another_seed(full_pages):
    env = os.environ | {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "ACR_TEST_DATA": str(settings.DATA),
    }

    there = subprocess.run([sys.executable, "-c", ELSEWHERE], env=env, capture_output=True, text=True, check=True)

    assert there.stdout.strip() == digest(full_pages)


def test_one_letter_more_gives_other_bytes(full_pages):
    inputs = example.full()
    inputs["glance"][0] += "!"

    assert digest(client.render(compose(inputs))) != digest(full_pages)


def test_a_document_leaves_nothing_behind_for_the_next(full_pages, page):
    client.render(page("<p style='font-family: Inter; color: red'>Something else", "<style>p { margin: 5cm }</style>"))

    assert digest(client.render(compose(example.full()))) == digest(full_pages)
