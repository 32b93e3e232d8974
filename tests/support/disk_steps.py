"""One step of what is done to files on a disk does not come about: the power goes before it, or it fails."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest


def struck_at(number: int, monkeypatch: pytest.MonkeyPatch, deed: Callable[[], None], fault: BaseException) -> bool:
    """Whether the deed had a step of that number, counted from 1; that one alone raises `fault`."""
    steps = 0

    def struck(call: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **named: object) -> object:
            nonlocal steps
            steps += 1
            if steps == number:
                raise fault
            return call(*args, **named)

        return step

    with monkeypatch.context() as patched:
        for name in ("open", "pwrite", "fsync", "fdatasync"):
            patched.setattr(os, name, struck(getattr(os, name)))
        for name in ("replace", "unlink"):
            patched.setattr(Path, name, struck(getattr(Path, name)))
        try:
            deed()
        except BaseException as raised:
            if raised is not fault:
                raise
            return True
    return steps >= number
