"""Takes pictures of a document in, has them compared, and answers. They are in memory from the first byte to the answer
and nowhere else; one document is looked at at a time, few wait, and more are asked to come back."""

import asyncio
from base64 import b64encode
from collections.abc import Callable
from math import ceil

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from certserver.checking.parts import ComparedFace, Comparison
from certserver.web.bodies import NoForm, TooMuch, files_of
from certserver.web.pace import Pace

MOST_PICTURES = 8
MOST_MEGABYTES = 20
"""Of each picture."""
_WAITING = 2
_UPLOAD_S = 120.0
_RETRY_S = "30"


class Comparing:
    """The comparisons of one process."""

    def __init__(self, comparison: Comparison, elapsed: Callable[[], float]) -> None:
        self._comparison = comparison
        self._pace = Pace(elapsed, burst=4, every_s=20.0)
        self._turn = asyncio.Semaphore(1)
        self._inside = 0

    async def answer(self, request: Request) -> Response:
        """A form with `pictures` in; `{"ja", "en", "faces": [{"page", "framed", "closeups"}]}` out."""
        wait = self._pace.wait(request.client.host if request.client else "")
        if wait:
            return PlainTextResponse("", 429, {"Retry-After": str(ceil(wait))})
        if self._inside > _WAITING:
            return PlainTextResponse("", 503, {"Retry-After": _RETRY_S})
        self._inside += 1
        try:
            # Its turn begins before the first byte is taken in: no more than one document is ever in memory.
            async with self._turn:
                return await self._compared(request)
        finally:
            self._inside -= 1

    async def _compared(self, request: Request) -> Response:
        try:
            pictures = await files_of(
                request, "pictures", count=MOST_PICTURES, each=MOST_MEGABYTES * 1024 * 1024, seconds=_UPLOAD_S
            )
        except TooMuch:
            return PlainTextResponse("", 413)
        except NoForm:
            return PlainTextResponse("a form with pictures", 400)
        if not pictures:
            return PlainTextResponse("a form with pictures", 400)
        found = await run_in_threadpool(self._comparison.compare, pictures)
        return JSONResponse({**found.reports, "faces": [_face(face) for face in found.faces]})


def _face(face: ComparedFace) -> dict[str, object]:
    return {
        "page": face.page,
        "framed": _in_letters(face.framed),
        "closeups": [_in_letters(closeup) for closeup in face.closeups],
    }


def _in_letters(png: bytes) -> str:
    return b64encode(png).decode("ascii")
