"""Redis as Celery's broker: kombu's own, made to notice a Redis that goes away under a busy worker.

Measured with Celery 5.7.0 and kombu 5.7.0: an answer that Redis is not there to take stays counted as work under way.
When that befalls as many messages as the worker may hold (one a process, with the prefetch of 1 we want), it never
asks for another, so it never learns that the connection is gone, and stands still until it is started anew.
"""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis, virtual


class QoS(redis.QoS):
    """Gives the place back even when Redis cannot be told: the next question meets the lost connection and mends it."""

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        try:
            super().reject(delivery_tag, requeue=requeue)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise


class Channel(redis.Channel):
    QoS = QoS


class Transport(redis.Transport):
    """Named `redis` in broker addresses, in place of kombu's."""

    Channel = Channel


def register() -> None:
    """Before the first connection: from AppConfig.ready, which each of our processes passes through."""
    here: Any = f"{__name__}:Transport"
    TRANSPORT_ALIASES.update({"redis": here, "rediss": here})
