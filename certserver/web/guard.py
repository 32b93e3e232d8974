"""Stands before every page: answers only to its own names and to three methods, and puts the same strict headers on
whatever goes out. A page may load nothing from elsewhere and run nothing that stands in the page itself; whatever else
one needs, its application opens by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST"})

_SELF, _NONE = "'self'", "'none'"
_LOADS = ("script-src", "style-src", "img-src", "connect-src")
"""What a page takes from its own server."""

_FEATURES = ("camera", "microphone", "geolocation", "payment", "usb")
_ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What an application opens besides. `sources`: more sources by directive of Content-Security-Policy, of which one
    that is not named is shut or its own server's alone; `features`: of the device, for the page itself; `forms`:
    whether its forms are sent to its own server, or none to anybody."""

    sources: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    features: frozenset[str] = frozenset()
    forms: bool = False

    def headers(self) -> dict[str, str]:
        """The headers that say so."""
        loads = dict.fromkeys(_LOADS, (_SELF,))
        for name, more in self.sources.items():
            loads[name] = (*loads.get(name, ()), *more)
        directives = [f"{name} {' '.join(sources)}" for name, sources in loads.items()]
        forms = _SELF if self.forms else _NONE
        closed = (f"base-uri {_NONE}", f"form-action {forms}", f"frame-ancestors {_NONE}")
        features = (f"{name}=({'self' if name in self.features else ''})" for name in _FEATURES)
        return {
            "Content-Security-Policy": "; ".join((f"default-src {_NONE}", *directives, *closed)),
            "Permissions-Policy": ", ".join(features),
        }


CLOSED = Policy()
_BROKEN = "予期しない誤りが起きました。少し待ってから、もう一度お試しください。\nSomething went wrong.\n"
TRANSPORT = "max-age=31536000; includeSubDomains"


class Guard:
    """Middleware around an application that answers to `hosts`, names without a port, and opens what `policy` says."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], policy: Policy = CLOSED) -> None:
        self._app = app
        self._headers = policy.headers() | _ALWAYS
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = TRANSPORT
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = self._refusal(scope)
        try:
            await (self._app if refused is None else refused)(scope, receive, guarded)
        except Exception:
            # What is said of a fault has the same headers as all else.
            if not begun:
                await PlainTextResponse(_BROKEN, 500)(scope, receive, guarded)
            raise

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if scope["method"] not in METHODS:
            return PlainTextResponse("GET, HEAD or POST", 405, {"Allow": ", ".join(sorted(METHODS))})
        named = Headers(scope=scope).getlist("host")
        if len(named) != 1 or _without_port(named[0]) not in self._hosts:
            return PlainTextResponse("no page of this name is here", 421)
        return None


def _without_port(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()
