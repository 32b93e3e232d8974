"""The console of a test server: officers with passwords and codes, a browser's side of the wire without a browser, and
the console served for a real one."""

import asyncio
import functools
import http.client
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import uvicorn
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, Page
from sqlalchemy import insert

from certserver.composition.console import console_parts
from certserver.composition.web import WebPlan
from certserver.console.app import PAGES, console_app
from certserver.console.cookies import SAID, SESSION
from certserver.console.parts import Imports
from certserver.console.routes import PageRoute
from certserver.ledger.book import open_book
from certserver.ledger.state import found_municipality, read_state
from certserver.office.desk import Desk, actor_of
from certserver.office.purposes import Purpose, Reason
from certserver.office.rights import HeldRole, OfficeRole
from certserver.office.roles import enter_role, officer_of
from certserver.office.signing_in.by_passkey import passkeys_of
from certserver.office.signing_in.parts import Doors, hash_of
from certserver.office.signing_in.sessions import Came, begin, tell_purpose
from certserver.pipeline.staff.registry import add_member, enrol_card, has_card, set_password
from certserver.ports import in_japan, unix
from certserver.staff.codes import code_at
from certserver.storage.office import office_passkeys
from tests.support.server import Fill, ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.staff import PASSWORD, SINCE, _hashed, secret_of

NEIGHBOUR = "992020"
"""Another municipality in the same database."""

EVERY_ROLE = tuple(OfficeRole)


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: str
    said: str = ""
    """What the next page is to say."""

    @property
    def to(self) -> str:
        """Where a browser is sent on to."""
        return self.headers.get("location", "")

    @property
    def went(self) -> tuple[str, str]:
        """Where it is sent on to, and what is said there."""
        return self.to, self.said


@dataclass
class BrowserSide:
    """A browser without windows: keeps cookies, and puts the form token of the page at hand into every form."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    form_token: str = ""

    def ask(
        self,
        method: str,
        path: str,
        fields: Mapping[str, str] | Sequence[tuple[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answered:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": kept} if kept else {}
        if fields is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if fields is None else urlencode(fields).encode()
        return self._asked(connection, method, path, body, {**sent, **(headers or {})})

    def send(self, path: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Sends bytes as they are."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return self._asked(connection, "POST", path, body, {"Cookie": kept, **headers})

    def _asked(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str],
    ) -> Answered:
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read().decode(errors="replace")
            kept = SimpleCookie()
            for line in answer.headers.get_all("set-cookie") or ():
                self._keep(line)
                kept.load(line)
            said = kept[SAID].value if SAID in kept else ""
            told = {name.lower(): value for name, value in answer.getheaders()}
            found = re.search(r'name="form-token" value="([0-9a-f]+)"', content)
            if found:
                self.form_token = found[1]
            return Answered(answer.status, told, content, said)
        finally:
            connection.close()

    def get(self, path: str) -> Answered:
        return self.ask("GET", path)

    def post(self, path: str, **fields: str) -> Answered:
        """Sends a form; `_` in a field's name stands for `-`."""
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        return self.ask("POST", path, {"form-token": self.form_token, **named})

    def follow(self, answered: Answered) -> Answered:
        """Goes on to where the answer says."""
        assert answered.status == 303, (answered.status, answered.body)
        return self.get(answered.to)

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel.value in ("", '""'):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


@dataclass
class ConsoleForTests:
    """A console that is served, beside the server whose it is."""

    server: ServerForTests
    doors: Doors
    url: str
    imports: Imports
    ticks: "Ticks"
    pauses: list[float]
    """For how long answers were held back, in seconds; no test waits for them."""

    @property
    def municipality(self) -> str:
        return self.doors.municipality

    def now(self) -> int:
        return unix(self.server.clock.now())

    def today(self) -> date:
        """This day in Japan."""
        return in_japan(self.now()).date()

    def hire(self, mark: str, *roles: OfficeRole) -> None:
        """Somebody with password and code, who holds these roles since long."""
        with self.server.database.writing() as connection, open_book(connection, self.municipality) as book:
            add_member(connection, self.municipality, mark, f"見本　{mark}", self.now())
            kept = _hashed(PASSWORD, bytes(16))
            set_password(connection, book, self.doors.keys.staff, mark, kept, secret_of(mark), self.now())
            for role in roles:
                enter_role(connection, self.municipality, HeldRole(mark, role, SINCE))

    def token(self, mark: str) -> bytes:
        """A session of somebody's, as if they had just signed in."""
        with self.server.database.writing() as connection, open_book(connection, self.municipality) as book:
            came = begin(self.doors, connection, book, mark, "password", self.now())
        assert isinstance(came, Came), came
        return came.token

    def purposeful(self, mark: str, reason: Reason = Reason.INCIDENT) -> bytes:
        """The same, of somebody who has said for what they look at personal data."""
        token = self.token(mark)
        tell_purpose(self.doors, hash_of(token), Purpose(reason, "2026-17"))
        return token

    def give_other_ways(self, mark: str) -> None:
        """A staff card and a passkey of somebody's."""
        with self.server.database.writing() as connection:
            enrol_card(connection, self.municipality, mark, mark.encode().ljust(32, b"."), self.now())
            connection.execute(
                insert(office_passkeys).values(
                    municipality=self.municipality,
                    credential_id=mark.encode(),
                    mark=mark,
                    name="鍵",
                    public_key=b"",
                    sign_count=0,
                    added_at=self.now(),
                )
            )

    def other_ways(self, mark: str) -> tuple[bool, int]:
        """Whether a card signs somebody in, and how many passkeys do."""
        with self.server.database.reading() as connection:
            card = has_card(connection, self.municipality, mark)
        return card, len(passkeys_of(self.doors, mark))

    def stranger(self) -> BrowserSide:
        """A browser that knows nothing, on the page where one signs in."""
        side = BrowserSide(self.url)
        side.get("/sign-in")
        return side

    def signed_in(self, mark: str, *, purpose: bool = False) -> BrowserSide:
        """A browser in which somebody is signed in, and with a `purpose` may see personal data."""
        token = self.purposeful(mark) if purpose else self.token(mark)
        side = BrowserSide(self.url, {SESSION: token.hex()})
        assert side.get("/").status == 200
        return side

    def code(self, mark: str) -> str:
        """What somebody's authenticator shows now."""
        return code_at(secret_of(mark), self.now())

    def desk(self, mark: str) -> Desk:
        """The desk of somebody."""
        with self.server.database.reading() as connection:
            officer = officer_of(connection, self.municipality, mark, self.today())
        doors, secret = self.doors, self.server.node.keys.secret
        return Desk(
            doors.database, self.municipality, doors.clock, doors.entropy, lambda: secret, officer, actor_of(officer)
        )

    @contextmanager
    def window(
        self, browser: Browser, mark: str = "", size: tuple[int, int] = (1280, 900), *, purpose: bool = False
    ) -> Iterator[Page]:
        """A real browser's window, in which somebody is signed in; fails when a script or the policy does."""
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, timezone_id="Asia/Tokyo", locale="ja-JP"
        )
        faults: list[str] = []
        try:
            if mark:
                context.add_cookies([_cookie(self.purposeful(mark) if purpose else self.token(mark))])
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
            page.goto(self.url)
            yield page
            assert faults == []
        finally:
            context.close()


ConsoleFill = Callable[[ConsoleForTests], None]
"""Does something at a console, at the time at which each begins."""


@contextmanager
def a_console(folder: Path, *more: PageRoute, filled: ConsoleFill | None = None) -> Iterator[ConsoleForTests]:
    """A console over a new home, with more pages than it has. What `filled` does is done once for a test process, and
    copied."""
    before = None if filled is None else _at_a_console(filled)
    with a_server(folder, admitted=False, filled=before) as server, served(server, MUNICIPALITY, *more) as console:
        yield console


@functools.cache
def _at_a_console(filled: ConsoleFill) -> Fill:
    """The same of a server: always the same function, by which that knows what it has copied."""

    def enter(server: ServerForTests) -> None:
        with served(server) as console:
            filled(console)

    return enter


@contextmanager
def beside(console: ConsoleForTests) -> Iterator[ConsoleForTests]:
    """The console of another municipality over the same database and keys."""
    with console.server.database.writing() as connection:
        if read_state(connection, NEIGHBOUR) is None:
            found_municipality(connection, NEIGHBOUR)
    with served(console.server, NEIGHBOUR) as other:
        yield other


@contextmanager
def served(server: ServerForTests, municipality: str = MUNICIPALITY, *more: PageRoute) -> Iterator[ConsoleForTests]:
    """The console of a municipality of a server that is there."""
    told = {"municipality": municipality, "deliveries": "deliveries", "enrolment_listen": "127.0.0.1:8444"}
    settings = server.node.settings.model_copy(update=told)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        port = listening.getsockname()[1]
        plan = WebPlan(server.home, "127.0.0.1", port, ("localhost", "127.0.0.1"), ())
        ticks, pauses = Ticks(), list[float]()

        async def pause(seconds: float) -> None:
            pauses.append(seconds)

        parts = console_parts(plan, settings, server.database, server.clock, ticks, pause)
        config = uvicorn.Config(
            console_app(parts, (*PAGES, *more)),
            log_config=None,
            access_log=False,
            ws="none",
            lifespan="off",
            http="h11",
        )
        running = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(running.serve(sockets=[listening])), daemon=True)
        thread.start()
        try:
            yield ConsoleForTests(server, parts.doors, f"http://localhost:{port}", parts.imports, ticks, pauses)
        finally:
            parts.imports.wait()
            running.should_exit = True
            thread.join(30)


def _cookie(token: bytes) -> SetCookieParam:
    return SetCookieParam(
        name=SESSION,
        value=token.hex(),
        domain="localhost",
        path="/",
        secure=True,
        httpOnly=True,
        sameSite="Strict",
    )


@dataclass
class Ticks:
    """A clock on which every question comes a minute after the last, so that nobody asks too often, until it is told to
    stand still."""

    step: float = 60.0
    at: float = 0.0

    def __call__(self) -> float:
        self.at += self.step
        return self.at
