"""What /metrics tells, in the text format of Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import generate_latest

SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"})


class Metrics:
    """The counts of one service."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("parley_requests", "Requests answered", ["method", "route", "status"], registry=self._registry)
        self._seconds = Histogram("parley_request_seconds", "Time to answer", ["route"], registry=self._registry, buckets=SECONDS)
        ProcessCollector(registry=self._registry)

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; `route` is the pattern that it met, never its address."""
        self._requests.labels(method if method in METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return all counts."""
        return generate_latest(self._registry)
