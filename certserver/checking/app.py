"""The web application: a page, its files, the trust list, and two things that take something in. It logs no request,
neither its address nor its content."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from certserver.checking.comparing import MOST_MEGABYTES, MOST_PICTURES, Comparing
from certserver.checking.parts import CheckingParts
from certserver.checking.status import Asking
from certserver.errors import CertServerError
from certserver.web.files import Files, files_in
from certserver.web.guard import Guard, Policy

STATIC = Path(__file__).parent / "static"
_PAGE, _KEEPER = "index.html", "sw.js"
_POLICY = Policy(
    sources={
        # The code reader is WebAssembly; compiling it needs a word of its own, which lets no script be evaluated.
        "script-src": ("'wasm-unsafe-eval'",),
        # Pictures that somebody chose, or that comparing them gave, never were on a server.
        "img-src": ("blob:",),
        "worker-src": ("'self'",),
    },
    features=frozenset({"camera"}),
)
_ALWAYS_ASK = {"Cache-Control": "no-cache"}

Endpoint = Callable[[Request], Awaitable[Response]]


def checking_app(parts: CheckingParts) -> Starlette:
    """The application."""
    files = files_in(STATIC, but=frozenset({_PAGE, _KEEPER}))
    routes = [
        Route("/", _always(_page(parts, files), "text/html"), methods=["GET"]),
        Route("/sw.js", _always(_keeper(files), "text/javascript"), methods=["GET"]),
        Route("/trust-list", _trust_list(parts), methods=["GET"]),
        Route("/s/{version}/{path:path}", files.serve, methods=["GET"]),
    ]
    if parts.book is not None:
        routes.append(Route("/status", Asking(parts.book, parts.elapsed).answer, methods=["POST"]))
    if parts.comparison is not None:
        routes.append(Route("/compare", Comparing(parts.comparison, parts.elapsed).answer, methods=["POST"]))
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, hosts=parts.hosts, policy=_POLICY)],
        exception_handlers={HTTPException: _plain, CertServerError: _out_of_order},
    )


def _page(parts: CheckingParts, files: Files) -> bytes:
    told = {
        "centre": parts.centre.hex(),
        "asks": "no" if parts.book is None else "yes",
        "compares": "no" if parts.comparison is None else "yes",
        "most-pictures": str(MOST_PICTURES),
        "most-megabytes": str(MOST_MEGABYTES),
        "static": files.root,
    }
    page = (STATIC / _PAGE).read_text()
    for name, value in told.items():
        page = page.replace("{{" + name + "}}", value)
    return page.encode()


def _keeper(files: Files) -> bytes:
    """The service worker, with what it keeps."""
    kept = ", ".join(f'"{path}"' for path in files.paths() if path.endswith((".js", ".css", ".svg", ".wasm")))
    told = f'const VERSION = "{files.version}";\nconst FILES = [{kept}];\n'
    return told.encode() + (STATIC / _KEEPER).read_bytes()


def _always(content: bytes, kind: str) -> Endpoint:
    async def answer(_request: Request) -> Response:
        return Response(content, headers=_ALWAYS_ASK, media_type=kind)

    return answer


def _trust_list(parts: CheckingParts) -> Endpoint:
    async def answer(_request: Request) -> Response:
        newest = await run_in_threadpool(parts.shelf.newest)
        if newest is None:
            return PlainTextResponse("there is no trust list yet", 503)
        return Response(b"".join(newest), headers=_ALWAYS_ASK, media_type="application/octet-stream")

    return answer


async def _plain(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return HTMLResponse('<!doctype html><html lang="ja"><title>404</title><a href="/">証明書の確認</a></html>', 404)
    return PlainTextResponse("", error.status_code, error.headers)


async def _out_of_order(_request: Request, _error: Exception) -> Response:
    """Whatever it is, it is not told to the world."""
    return PlainTextResponse("", 503, {"Retry-After": "60"})
