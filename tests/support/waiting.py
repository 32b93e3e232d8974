"""Waiting for what another thread or process does."""

import threading
import time
from collections.abc import Callable

LOOK_EVERY_S = 0.01


def until(happened: Callable[[], bool], patience_s: float) -> None:
    """Returns as soon as it is so. Raises `TimeoutError` when it is not in all that time."""
    end, pause = time.monotonic() + patience_s, threading.Event()
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError
        pause.wait(LOOK_EVERY_S)
