"""Serves a web application on an address until it is told to stop: one process, with bounds on what it takes in at
once."""

import signal
import socket
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from certserver.errors import ConfigurationError

_SHORT_OF_BREATH = 128
"""Connections at once; more are told to come back."""

_LONGEST_HEADERS = 16 * 1024
_GRACE_S = 10


@dataclass(frozen=True, slots=True)
class WebPlan:
    """Where an application is served: home, address, names it answers to, and addresses of proxies whose word on who
    calls counts."""

    home: Path
    address: str
    port: int
    hosts: Collection[str]
    proxies: Collection[str]


def run_web(app: Starlette, plan: WebPlan, ready: Callable[[int], None]) -> None:
    """Serves until SIGTERM or SIGINT; calls `ready` with the port once it can be reached. Raises `ConfigurationError`
    when the address can't be had."""
    with _listening(plan) as listening:
        port = int(listening.getsockname()[1])

        @asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            ready(port)
            yield

        app.router.lifespan_context = lifespan
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            ws="none",
            http="h11",
            server_header=False,
            proxy_headers=bool(plan.proxies),
            forwarded_allow_ips=list(plan.proxies),
            limit_concurrency=_SHORT_OF_BREATH,
            h11_max_incomplete_event_size=_LONGEST_HEADERS,
            timeout_graceful_shutdown=_GRACE_S,
        )
        # uvicorn raises the signal that stopped it once more: a stop that was asked for is no failure.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _asked_for)
        uvicorn.Server(config).run(sockets=[listening])


def _asked_for(_signal: int, _frame: FrameType | None) -> None:
    pass


def _listening(plan: WebPlan) -> socket.socket:
    try:
        return socket.create_server((plan.address, plan.port), backlog=_SHORT_OF_BREATH)
    except (OSError, OverflowError) as error:
        raise ConfigurationError(f"{plan.address}:{plan.port} can't be had: {error}") from error
