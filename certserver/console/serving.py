"""Between the wire and a page: who asks, whether they may, whether the form is the console's own, and what goes back.
No page is reached past it."""

import asyncio
from base64 import b32encode
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from http import HTTPStatus
from math import ceil, floor
from urllib.parse import parse_qsl, quote

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from certserver.console import cookies
from certserver.console.frame import Frame
from certserver.console.objections import told
from certserver.console.pages.purposes import purpose_asked
from certserver.console.parts import ConsoleParts
from certserver.console.paths import own_path
from certserver.console.routes import Answer, Gone, PageRoute, Sent, Shown, Told
from certserver.console.said import Said
from certserver.console.texts import Language, Texts
from certserver.console.visit import Fields, Visit
from certserver.errors import Busy, CertServerError, ConfigurationError, NoSuchEntry, NotAllowed
from certserver.faults import place_of
from certserver.objections import Forbidden, Objected
from certserver.office.signing_in.by_passkey import Site
from certserver.office.signing_in.sessions import TOKEN_BYTES, Present, present
from certserver.web.bodies import NoForm, TooMuch, body_of, form_of
from certserver.web.pace import Pace

REFUSAL_S = 0.5
"""A refused sign-in is answered at the end of a half second, as at a counter."""

_BODY_S = 10.0
_UPLOAD_S = 60.0
_SLOW_AT_ONCE = 4
"""A password takes 64 MiB and a good part of a second."""

_INCIDENT_BYTES = 5
"""Eight letters and digits, short enough to be read out."""

_ALONE: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "bad-request",
    HTTPStatus.METHOD_NOT_ALLOWED: "not-this-way",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.TOO_MANY_REQUESTS: "too-often",
    HTTPStatus.SERVICE_UNAVAILABLE: "out-of-order",
    HTTPStatus.INTERNAL_SERVER_ERROR: "broken",
}
"""Which texts a status has where there is no page."""

_NOWHERE = "-"
"""What the log calls a page that is not there: an address may hold what somebody typed."""

_OWN = frozenset({"same-origin", "none", ""})
"""From where a browser may say a form comes; one that is too old says nothing."""


class Serving:
    """Answers for all pages of one console."""

    def __init__(self, parts: ConsoleParts, routes: Sequence[PageRoute], root: str) -> None:
        self._parts = parts
        self._frame = Frame(root, routes)
        # A page with its files, then as fast as somebody reads; offices share an address.
        self._pace = Pace(parts.elapsed, burst=120, every_s=0.1)
        self._slow = asyncio.Semaphore(_SLOW_AT_ONCE)

    async def answer(self, request: Request, route: PageRoute) -> Response:
        """The answer to one request for a page; also where something goes wrong that nobody foresaw."""
        try:
            return await self._taken_in(request, route)
        except Exception as fault:  # noqa: BLE001 - the edge: one page that breaks stops no other, and leaves none blank
            # No page could be made of it: the menu, or who asks, may be what is broken.
            return self.alone(request, HTTPStatus.INTERNAL_SERVER_ERROR, incident=self._noted(route, fault))

    async def _taken_in(self, request: Request, route: PageRoute) -> Response:
        arrived = self._parts.elapsed()
        address = request.client.host if request.client else ""
        wait = self._pace.wait(address)
        if wait:
            return self.alone(request, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(ceil(wait))})
        form: Fields = ImmutableMultiDict()
        files: Mapping[str, bytes] = {}
        if request.method == "POST" and not (route.known_only and await run_in_threadpool(self._who, request) is None):
            try:
                if route.uploads and request.headers.get("content-type", "").startswith("multipart/"):
                    sent = await form_of(request, each=route.uploads, seconds=_UPLOAD_S)
                    form, files = ImmutableMultiDict(sent.fields), sent.files
                else:
                    form = _fields(await body_of(request, limit=route.largest, seconds=_BODY_S), route.fields)
            except TooMuch:
                return self.alone(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            except (NoForm, ValueError):
                return self.alone(request, HTTPStatus.BAD_REQUEST)
        async with self._slow if route.slow and request.method == "POST" else nullcontext():
            response, held = await run_in_threadpool(self._answer, request, route, form, files, address)
        if held:
            spent = self._parts.elapsed() - arrived
            await self._parts.pause((floor(spent / REFUSAL_S) + 1) * REFUSAL_S - spent)
        return response

    async def nowhere(self, request: Request) -> Response:
        """The answer where there is no page."""
        return await self.answer(request, PageRoute(_NOWHERE, _no_page, _no_page, open=True))

    def alone(
        self, request: Request, status: int, headers: Mapping[str, str] | None = None, why: str = "", incident: str = ""
    ) -> Response:
        """The answer where no page can be made: why, on one that needs neither database nor session."""
        texts = Texts(_language(request.cookies))
        why = why or _ALONE.get(status, _ALONE[HTTPStatus.BAD_REQUEST])
        detail = texts("refused.incident", incident=incident) if incident else ""
        return HTMLResponse(self._frame.alone(texts, why, own_path(request.url.path), detail), status, headers)

    def _noted(self, route: PageRoute, fault: Exception) -> str:
        """Of what nobody foresaw: the number by which whoever runs the server finds it in the log."""
        letters = b32encode(self._parts.doors.entropy(_INCIDENT_BYTES)).decode()
        incident = f"{letters[:4]}-{letters[4:]}"
        _note_fault(route, place_of(fault), incident=incident)
        return incident

    def _answer(
        self, request: Request, route: PageRoute, form: Fields, files: Mapping[str, bytes], address: str
    ) -> tuple[Response, bool]:
        try:
            visit = self._visit(request, route, form, files, address)
            done, response = self._made(visit, route, request)
        except Busy as error:
            headers = {"Retry-After": str(error.retry_s)}
            return self.alone(request, HTTPStatus.SERVICE_UNAVAILABLE, headers, "busy"), False
        except CertServerError as error:
            # Not even who asks can be found out: there is no page to say it on.
            _note_fault(route, type(error).__name__)
            return self.alone(request, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "60"}), False
        if visit.present is None and cookies.token_in(request.cookies, cookies.VISIT, TOKEN_BYTES) is None:
            cookies.keep(response, cookies.VISIT, visit.token.hex())
        return response, getattr(done, "held", False)

    def _made(self, visit: Visit, route: PageRoute, request: Request) -> tuple[Answer, Response]:
        """What a page says, and its response: also where it breaks, with the menu to all others. Raises
        `CertServerError`."""
        try:
            done = self._checked(visit, route, request)
            return done, self._response(visit, done)
        except CertServerError:
            raise
        except Exception as fault:  # noqa: BLE001 - as in `answer`
            detail = visit.texts("refused.incident", incident=self._noted(route, fault))
            done = _refused("broken", HTTPStatus.INTERNAL_SERVER_ERROR, detail)
            return done, self._response(visit, done)

    def _who(self, request: Request) -> Present | None:
        token = cookies.token_in(request.cookies, cookies.SESSION, TOKEN_BYTES)
        return None if token is None else present(self._parts.doors, token)

    def _visit(
        self, request: Request, route: PageRoute, form: Fields, files: Mapping[str, bytes], address: str
    ) -> Visit:
        doors = self._parts.doors
        who = self._who(request)
        kept = cookies.SESSION if who is not None else cookies.VISIT
        token = cookies.token_in(request.cookies, kept, TOKEN_BYTES)
        return Visit(
            parts=self._parts,
            # Not of the URL: taking that apart drops some of what is refused.
            path=request.scope["path"],
            named={name: str(value) for name, value in request.path_params.items()},
            query=request.query_params,
            form=form,
            files=files,
            texts=Texts(_language(request.cookies)),
            site=Site(request.url.hostname or "", f"{request.url.scheme}://{request.url.netloc}"),
            address=address,
            token=token or doors.entropy(TOKEN_BYTES),
            present=who,
            back=_back(request, route, form),
            said=_said(request.cookies),
        )

    def _checked(self, visit: Visit, route: PageRoute, request: Request) -> Answer:
        posted = request.method == "POST"
        if visit.garbled:
            return _refused("control-characters", HTTPStatus.BAD_REQUEST)
        if not route.open and visit.present is None:
            asked = "" if posted or visit.back == "/" else f"?to={quote(visit.back)}"
            return Gone(f"/sign-in{asked}")
        if posted and not (
            request.headers.get("sec-fetch-site", "") in _OWN
            and cookies.is_form_token(visit.form.get("form-token", ""), visit.token)
        ):
            return _refused("foreign-form", HTTPStatus.FORBIDDEN)
        if route.right is not None and not visit.who.officer.may(route.right):
            return _refused("not-allowed", HTTPStatus.FORBIDDEN)
        if route.personal and visit.who.session.purpose(visit.now) is None:
            return purpose_asked(visit.back)
        return _handled(visit, route, posted=posted)

    def _response(self, visit: Visit, done: Answer) -> Response:
        match done:
            case Shown():
                response: Response = HTMLResponse(self._frame.page(visit, done), done.status)
                if visit.said is not None:
                    cookies.drop(response, cookies.SAID)
                return response
            case Told():
                response = Response(done.json, done.status, media_type="application/json")
                _begin_or_end(response, done.token)
                _say_next(response, done.said)
                return response
            case Sent():
                how = "inline" if done.shown else "attachment"
                named = {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(done.name)}"}
                return Response(done.content, headers=named, media_type=done.kind)
            case Gone():
                response = RedirectResponse(done.to, HTTPStatus.SEE_OTHER)
                _begin_or_end(response, done.token)
                _say_next(response, done.said)
                if done.language is not None:
                    cookies.keep(response, cookies.LANGUAGE, done.language.value, seconds=cookies.A_YEAR_S)
                return response


def _handled(visit: Visit, route: PageRoute, *, posted: bool) -> Answer:
    """What the page says, or why it does not. Raises `Busy`."""
    handler = route.do if posted else route.show
    assert handler is not None, "a route answers the methods it names"
    try:
        return handler(visit)
    except Forbidden as met:
        return _refused("not-so", HTTPStatus.FORBIDDEN, told(visit.texts, met))
    except NotAllowed:
        return _refused("not-allowed", HTTPStatus.FORBIDDEN)
    except NoSuchEntry:
        return _no_page(visit)
    except Objected as met:
        return _refused("not-so", HTTPStatus.CONFLICT, told(visit.texts, met))
    except ConfigurationError as error:
        # Nothing that an officer mends: what it says is for whoever runs the server.
        _note_fault(route, type(error).__name__)
        return _refused("not-set-up", HTTPStatus.CONFLICT)
    except Busy:
        raise
    except CertServerError as error:
        _note_fault(route, type(error).__name__)
        return _refused("out-of-order", HTTPStatus.SERVICE_UNAVAILABLE)


def _note_fault(route: PageRoute, fault: str, **more: str) -> None:
    structlog.get_logger().error("fault", page=route.path, fault=fault, **more)


def _begin_or_end(response: Response, token: bytes | None) -> None:
    if token is None:
        return
    # The token of a visit, which somebody else might know, is worth nothing after a sign-in.
    cookies.drop(response, cookies.VISIT)
    if token:
        cookies.keep(response, cookies.SESSION, token.hex())
    else:
        cookies.drop(response, cookies.SESSION)


def _say_next(response: Response, said: Said | None) -> None:
    if said is not None:
        cookies.keep(response, cookies.SAID, said.value, seconds=cookies.A_MINUTE_S)


def _back(request: Request, route: PageRoute, form: Fields) -> str:
    """A page that can be shown: what was asked, of the draft that it was asked about, or what stands above something
    that was done."""
    path = request.url.path
    if request.method != "GET" and route.show is None:
        return path.rpartition("/")[0] or "/"
    draft = request.query_params.get("draft", "") or form.get("draft", "")
    whole = f"{path}?draft={draft}" if draft else path
    return whole if own_path(whole) == whole else path


def _refused(why: str, status: HTTPStatus, detail: str = "") -> Shown:
    return Shown("refused", {"why": why, "detail": detail}, status)


def _no_page(_visit: Visit) -> Shown:
    return _refused("no-page", HTTPStatus.NOT_FOUND)


def _said(kept: Mapping[str, str]) -> Said | None:
    word = kept.get(cookies.SAID, "")
    return next((each for each in Said if each.value == word), None)


def _language(kept: Mapping[str, str]) -> Language:
    told = kept.get(cookies.LANGUAGE, "")
    return Language(told) if told in {each.value for each in Language} else Language.JAPANESE


def _fields(body: bytes, most: int) -> Fields:
    """The fields of a form. Raises `ValueError` for what is none."""
    pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=most, errors="strict")
    return ImmutableMultiDict(pairs)
