"""Answers what became of a sheet, by its number and the hash of one of its pages, to whoever holds both. It says the
same of a number that there is not and of one with another content."""

import json
from collections.abc import Callable
from math import ceil

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from certserver.checking.parts import StatusBook
from certserver.web.bodies import TooMuch, body_of
from certserver.web.pace import Pace
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number
from koufu.evidence.sizes import HASH_BYTES

UNKNOWN = "unknown"
"""No such number, or not with such a page: nobody can tell which, so that numbers can't be found by asking."""

MAX_BODY = 512
_SECONDS = 10.0


class Asking:
    """The answers of one process, at a steady pace for each address."""

    def __init__(self, book: StatusBook, elapsed: Callable[[], float]) -> None:
        self._book = book
        self._pace = Pace(elapsed, burst=20, every_s=3.0)

    async def answer(self, request: Request) -> Response:
        """`{"document_no", "content_hash"}` in, `{"status", "at"}` out."""
        wait = self._pace.wait(request.client.host if request.client else "")
        if wait:
            return PlainTextResponse("", 429, {"Retry-After": str(ceil(wait))})
        try:
            document_no, content_hash = _asked(await body_of(request, limit=MAX_BODY, seconds=_SECONDS))
        except TooMuch:
            return PlainTextResponse("", 413)
        except (ValueError, MalformedEvidence):
            return PlainTextResponse("document_no and content_hash, in JSON", 400)
        status = await run_in_threadpool(self._book.status, document_no, content_hash)
        if status is None:
            return JSONResponse({"status": UNKNOWN, "at": None})
        return JSONResponse({"status": status.state.value, "at": status.at})


def _asked(body: bytes) -> tuple[str, bytes]:
    try:
        asked = json.loads(body)
    except RecursionError as error:
        raise ValueError("JSON that is too deep") from error
    if not isinstance(asked, dict):
        raise ValueError("no object")
    number, content_hash = asked.get("document_no"), asked.get("content_hash")
    if not isinstance(number, str) or not isinstance(content_hash, str):
        raise ValueError("no texts")
    raw = bytes.fromhex(content_hash)
    if len(raw) != HASH_BYTES:
        raise ValueError("no hash")
    return parse_document_number(number), raw
