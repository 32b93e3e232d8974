"""Reads what a browser sends, never more than was allowed and never longer than it may take. Nothing of it is written
to a disk."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from typing_extensions import override

MOST_FIELDS = 20
LONGEST_FIELD = 4096
"""Of a form that brings a file."""


class TooMuch(Exception):
    """The body is longer than it may be, or did not come in time."""


class NoForm(Exception):
    """The body is not what a form sends."""


async def body_of(request: Request, *, limit: int, seconds: float) -> bytes:
    """A whole body. Raises `TooMuch`."""
    try:
        async with asyncio.timeout(seconds):
            return b"".join([part async for part in _bounded(request, limit)])
    except (TimeoutError, ClientDisconnect) as error:
        raise TooMuch("the body did not come in time") from error


async def files_of(request: Request, field: str, *, count: int, each: int, seconds: float) -> list[bytes]:
    """The files of one field of a form. Raises `TooMuch` and `NoForm`."""
    # Borders and headers of parts besides.
    stream = _bounded(request, count * (each + 4096) + 4096)
    parser = _InMemory(request.headers, stream, max_files=count, max_fields=0)
    parser.each = each
    try:
        async with asyncio.timeout(seconds):
            form = await parser.parse()
    except (TimeoutError, ClientDisconnect) as error:
        raise TooMuch("the files did not come in time") from error
    except (MultiPartException, FormParserError, KeyError, ValueError) as error:
        raise NoForm("the body is no form with files") from error
    try:
        return [await file.read() for file in form.getlist(field) if isinstance(file, UploadFile)]
    finally:
        await form.close()


@dataclass(frozen=True, slots=True, repr=False)
class SentForm:
    """Fields in their order, and one file by the name of its field."""

    fields: list[tuple[str, str]]
    files: Mapping[str, bytes]


async def form_of(request: Request, *, each: int, seconds: float) -> SentForm:
    """A form with at most one file, of at most `each` bytes. Raises `TooMuch` and `NoForm`."""
    stream = _bounded(request, each + MOST_FIELDS * LONGEST_FIELD)
    parser = _InMemory(request.headers, stream, max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD)
    parser.each = each
    try:
        async with asyncio.timeout(seconds):
            form = await parser.parse()
    except (TimeoutError, ClientDisconnect) as error:
        raise TooMuch("the form did not come in time") from error
    except (MultiPartException, FormParserError, KeyError, ValueError) as error:
        raise NoForm("the body is no form with a file") from error
    try:
        told = form.multi_items()
        files = {name: await value.read() for name, value in told if isinstance(value, UploadFile)}
        return SentForm([(name, value) for name, value in told if isinstance(value, str)], files)
    finally:
        await form.close()


class _InMemory(MultiPartParser):
    """Keeps every file in memory, and none that is longer than `each`."""

    spool_max_size = 0
    """Python's word for a temporary file that never reaches a disk."""

    each: int
    _length = 0

    @override
    def on_part_begin(self) -> None:
        self._length = 0
        super().on_part_begin()

    @override
    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._length += end - start
        if self._length > self.each:
            raise TooMuch(f"a file is longer than {self.each} bytes")
        super().on_part_data(data, start, end)


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > limit:
        raise TooMuch(f"the body is longer than {limit} bytes")
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > limit:
            raise TooMuch(f"the body is longer than {limit} bytes")
        yield part
