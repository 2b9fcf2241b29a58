"""The folder as broker: whole messages, one taker each, and no harm when the folder goes."""

import shutil
import threading

import pytest
from kombu import Connection

import acr_program.celery  # noqa: F401  names the transport

PLACES = {
    "data_folder_in": "queue",
    "data_folder_out": "queue",
    "processed_folder": "taken",
}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "broker"


def connect(folder):
    places = {name: str(folder / part) for name, part in PLACES.items()}
    return Connection("folder://", transport_options=places | {"polling_interval": 0.01})


def take(queue, timeout=1.0):
    message = queue.get(timeout=timeout)
    message.ack()
    return message.payload


def test_messages_come_in_order_and_once(folder):
    with connect(folder) as connection:
        queue = connection.SimpleQueue("celery")
        for number in range(3):
            queue.put({"number": number})
        got = [take(queue)["number"] for _ in range(3)]
        with pytest.raises(queue.Empty):
            queue.get_nowait()

    assert got == [0, 1, 2]
    assert list((folder / "queue").iterdir()) == []
    assert list((folder / "taken").iterdir()) == []


def test_queues_are_kept_apart(folder):
    with connect(folder) as connection:
        connection.SimpleQueue("render").put({"to": "render"})
        celery = connection.SimpleQueue("celery")

        with pytest.raises(celery.Empty):
            celery.get_nowait()
        assert take(connection.SimpleQueue("render")) == {"to": "render"}


def test_a_deleted_folder_is_made_again(folder):
    with connect(folder) as connection:
        queue = connection.SimpleQueue("celery")
        queue.put({"number": 1})
        shutil.rmtree(folder)

        with pytest.raises(queue.Empty):
            queue.get_nowait()
        queue.put({"number": 2})
        assert take(queue) == {"number": 2}


def test_a_file_that_is_no_message_is_passed_over(folder):
    with connect(folder) as connection:
        queue = connection.SimpleQueue("celery")
        queue.put({"number": 1})
        (folder / "queue" / "0000_broken.celery.msg").write_text('{"half": ')

        assert take(queue) == {"number": 1}


def test_two_takers_never_get_the_same_message(folder):
    with connect(folder) as connection:
        queue = connection.SimpleQueue("celery")
        for number in range(60):
            queue.put({"number": number})
    got: list[int] = []

    def work():
        with connect(folder) as own:
            mine = own.SimpleQueue("celery")
            while True:
                try:
                    got.append(take(mine, timeout=0.3)["number"])
                except mine.Empty:
                    return

    takers = [threading.Thread(target=work) for _ in range(4)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()

    assert sorted(got) == list(range(60))
