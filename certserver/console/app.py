"""The console put together: guard, pages and files. It logs no request, neither its address nor its content."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from certserver.console.pages import (
    account,
    alarms,
    applications,
    audit,
    enrolments,
    enter,
    home,
    imports,
    language,
    ledger,
    people,
    proposals,
    purposes,
    registers,
    reports,
    settings,
    sign_in,
    terminals,
)
from certserver.console.parts import ConsoleParts
from certserver.console.routes import PageRoute
from certserver.console.serving import Serving
from certserver.web.files import files_in
from certserver.web.guard import Guard, Policy

STATIC = Path(__file__).parent / "static"

PAGES: tuple[PageRoute, ...] = (
    *home.PAGES,
    *proposals.PAGES,
    *settings.PAGES,
    *alarms.PAGES,
    *ledger.PAGES,
    *registers.PAGES,
    *imports.PAGES,
    *enrolments.PAGES,
    *applications.PAGES,
    *terminals.PAGES,
    *reports.PAGES,
    *people.PAGES,
    *audit.PAGES,
    *sign_in.PAGES,
    *enter.PAGES,
    *account.PAGES,
    *language.PAGES,
    *purposes.PAGES,
)
"""Every page there is, the menu's in its order."""

_POLICY = Policy(forms=True)

Endpoint = Callable[[Request], Awaitable[Response]]


def console_app(parts: ConsoleParts, pages: tuple[PageRoute, ...] = PAGES) -> Starlette:
    """The application."""
    files = files_in(STATIC)
    serving = Serving(parts, pages, files.root)

    def endpoint(page: PageRoute) -> Endpoint:
        async def answer(request: Request) -> Response:
            return await serving.answer(request, page)

        return answer

    async def nowhere(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404:
            return await serving.nowhere(request)
        return serving.alone(request, error.status_code, error.headers)

    return Starlette(
        routes=[
            *(Route(page.path, endpoint(page), methods=page.methods) for page in pages),
            Route("/s/{version}/{path:path}", files.serve, methods=["GET"]),
        ],
        middleware=[Middleware(Guard, hosts=parts.hosts, policy=_POLICY)],
        exception_handlers={HTTPException: nowhere},
    )
