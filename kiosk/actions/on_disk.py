"""Bytes that are on disk when a call returns: the few steps that all files of the terminal are written by. Each raises
`OSError` when the disk did not take them."""

import os
from pathlib import Path


def make(path: Path, content: bytes) -> None:
    """A file of this content, readable by the kiosk only. Its name may be gone after a power cut until `names_of` its
    folder was called."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        _write(descriptor, content, 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def overwrite(path: Path, content: bytes, at: int) -> None:
    """These bytes from this byte on, in place of what is there: no room is asked for."""
    descriptor = os.open(path, os.O_WRONLY)
    try:
        _write(descriptor, content, at)
        os.fdatasync(descriptor)
    finally:
        os.close(descriptor)


def names_of(folder: Path) -> None:
    """Which files are in the folder, and what they are called."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, content: bytes, at: int) -> None:
    while content:
        written = os.pwrite(descriptor, content, at)
        content, at = content[written:], at + written
