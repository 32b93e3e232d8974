"""What Prometheus can ask of one worker: how many calls, with which status, how long. No label holds personal data."""

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server

_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class CallMetrics:
    """Counts the calls of one worker in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._calls = Counter("koufu_calls", "Calls that ended", ("method", "status"), registry=self._registry)
        self._staff = Counter("koufu_staff_calls", "Calls for staff", ("terminal", "occasion"), registry=self._registry)
        self._seconds = Histogram(
            "koufu_call_seconds", "Seconds that calls took", ("method",), buckets=_SECONDS, registry=self._registry
        )

    def call_ended(self, method: str, status: str, seconds: float) -> None:
        """Counts one call."""
        self._calls.labels(method, status).inc()
        self._seconds.labels(method).observe(seconds)

    def staff_called(self, terminal: str, occasion: str) -> None:
        """Counts one call for staff."""
        self._staff.labels(terminal, occasion).inc()

    def serve(self, host: str, port: int) -> int:
        """Opens the endpoint on a thread of its own; returns its port."""
        server, _ = start_http_server(port, host, self._registry)
        return int(server.server_port)
