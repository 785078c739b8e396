"""What each process counts of its own work, as Prometheus reads it: kinds, states and durations, never who or what."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest

REGISTRY = CollectorRegistry()
"""Ours alone, so that a library's own counters, with labels of its choice, stay out."""
ProcessCollector(namespace="hent", registry=REGISTRY)

_SOON = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_WAITED = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)

REQUESTS = Histogram(
    "hent_http_seconds",
    "Requests answered, by the route's template",
    ("method", "route", "status"),
    buckets=_SOON,
    registry=REGISTRY,
)
TURNS = Histogram(
    "hent_turn_seconds",
    "From a message's arrival to the end of its turn; by SMS two seconds of it are waited on purpose",
    ("who", "status"),
    buckets=_WAITED,
    registry=REGISTRY,
)
RASA = Histogram(
    "hent_rasa_seconds", "Answers of Rasa, and why there was none", ("outcome",), buckets=_SOON, registry=REGISTRY
)
SMS = Counter(
    "hent_sms_handed_over", "SMS handed to a provider, by what came of it", ("provider", "outcome"), registry=REGISTRY
)


@contextmanager
def timed(histogram: Histogram, **labels: str) -> Iterator[dict[str, str]]:
    """Observe how long the block takes; it may change what is yielded, the labels, before it ends."""
    began = time.perf_counter()
    try:
        yield labels
    finally:
        histogram.labels(**labels).observe(time.perf_counter() - began)


@contextmanager
def handed_over(provider: str) -> Iterator[None]:
    """Count one SMS given to a provider, by the class of what it raised, if anything."""
    outcome = "accepted"
    try:
        yield
    except Exception as refusal:
        outcome = type(refusal).__name__
        raise
    finally:
        SMS.labels(provider, outcome).inc()


def page(*more: CollectorRegistry) -> bytes:
    """Everything counted here, and in `more`, in Prometheus' text format."""
    return b"".join(generate_latest(registry) for registry in (REGISTRY, *more))
