import pytest
from kombu import Connection, Queue
from kombu.transport import TRANSPORT_ALIASES, get_transport_cls

from acr_program.jobs import redis_broker

pytestmark = [pytest.mark.process, pytest.mark.demand("P3")]
STOCK = "kombu.transport.redis:Transport"


def asks_again_after_lost_answers(url, redis, transport):
    """A worker's hands are full when Redis goes away: does it ask again once it has put the work down?"""
    with Connection(url, transport=transport, transport_options={"max_retries": 0}) as connection:
        channel = connection.channel()
        queue = Queue("work", channel=channel)
        queue.declare()
        channel.basic_qos(0, 2, False)
        producer = connection.Producer(channel)
        for n in range(2):
            producer.publish({"n": n}, routing_key="work")
        taken = [queue.get() for _n in range(2)]
        assert channel.qos.can_consume() is False

        redis.kill()
        redis.wait()
        for message in taken:
            with pytest.raises(connection.connection_errors):
                message.ack()
        return channel.qos.can_consume()


def test_a_busy_worker_asks_again(redis_server):
    url, start = redis_server

    assert asks_again_after_lost_answers(url, start(), redis_broker.Transport) is True


def test_with_the_stock_transport_it_never_does(redis_server):
    """The control; should this fail one day, kombu has mended it and ours can go."""
    url, start = redis_server

    assert asks_again_after_lost_answers(url, start(), STOCK) is False


def test_addresses_of_redis_lead_to_ours():
    assert TRANSPORT_ALIASES["redis"] == TRANSPORT_ALIASES["rediss"] == "acr_program.jobs.redis_broker:Transport"
    assert get_transport_cls("redis") is redis_broker.Transport
