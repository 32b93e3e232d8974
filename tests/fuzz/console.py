"""A crawler that drives every route of the console with hostile input, as strangers and officers of each kind, beside
another municipality in the same database: `python -m tests.fuzz.console`. It goes on where it stopped, and keeps what
broke something in build/fuzz."""

import json
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from certserver.console.app import PAGES
from certserver.office.alarms import alarms
from certserver.office.people import ask_role
from certserver.office.proposals import waiting
from certserver.office.rights import HeldRole, OfficeRole
from tests.fuzz.settings import FOLDER, MINUTES
from tests.support.card_applications import verified
from tests.support.console import EVERY_ROLE, Answered, BrowserSide, ConsoleForTests, a_console, beside
from tests.support.console_pages import an_alarm, fill, first_application, first_document, shown_paths
from tests.support.forms_as_sent import form_as_sent
from tests.support.inbox_applications import sent as applied
from tests.support.ledger_entries import Made, enter
from tests.support.passkey_answers import READABLE, UNREADABLE

ROUND = 200
ENOUGH = 20
FOREIGN = "tonari"
RUN = "<script>alert(1)</script>"
UPLOADS = frozenset(page.path for page in PAGES if page.uploads)
EVERYWHERE = frozenset({"/language", "/sign-out"})
"""Forms that every page has."""
MARKS = ("aoi", "haru", "midori", "")

_VALUES = (
    *(
        RUN,
        f'"><img src=x onerror=alert(1)>{RUN}',
        "' OR 1=1 --",
        "{0.__class__}",
        "{{ 7*7 }}",
        "%s%n",
        "../../etc/passwd",
    ),
    *(
        "",
        " ",
        "0",
        "-1",
        "9" * 400,
        "1e309",
        "NaN",
        "null",
        "true",
        "[]",
        "{}",
        "aoi",
        "midori",
        "ren",
        "approver",
        "viewer",
    ),
    *(
        "2026-04-01",
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "2026-06-10T10:00",
        "approve",
        "decline",
        "ja",
        "en",
        "xx",
    ),
    *(
        "見本　葵",
        "\u0000",
        "\u202e",
        "\ud800",
        "\U000e0100" * 9,
        "a" * 5000,
        "\r\nSet-Cookie: x=y",
        "//evil.example",
        "/people",
    ),
    *(READABLE, *UNREADABLE.values()),
)
_NAMES = (
    *(
        "answer",
        "back",
        "before",
        "closed",
        "code",
        "decision",
        "event",
        "form-token",
        "former",
        "language",
        "last",
        "mark",
    ),
    *("municipality", "name", "one-time-code", "passkey", "password", "password-again", "reason", "reference", "role"),
    *("said", "since", "to", "until", "word"),
    *(
        "born",
        "document",
        "ended",
        "kind",
        "number",
        "part",
        "resident",
        "standing",
        "terminal",
        "terminal-build",
        "why",
    ),
    *("after", "brought", "case", "coming", "decline-why", "due", "express", "group", "holder", "letter-of-attorney"),
    *("officer-grants", "pin-form", "place", "reply", "seen", "taker"),
    *("although", "anew", "minimum", "outlet", "outlet-kind", "x509"),
)


class Crawler:
    """Requests from one seed, and what was wrong with an answer."""

    def __init__(self, console: ConsoleForTests, keys: dict[str, str], seed: str) -> None:
        self._console, self._keys, self._source = console, keys, random.Random(seed)
        self._sides: dict[str, BrowserSide] = {}
        self._forms: list[tuple[str, dict[str, str]]] = []

    def wrong(self, count: int) -> Iterator[str]:
        """Asks so often; yields what should not have been."""
        for _ in range(count):
            mark = self._source.choice(MARKS)
            side = self._side(mark)
            page = self._source.choice(PAGES)
            path = re.sub(r"{\w+}", lambda _: quote(self._value(), safe="", errors="replace"), page.path)
            if page.show is not None and (page.do is None or self._source.random() < 0.5):
                query = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in self._fields().items())
                method, answered = f"GET {path}?{query}", side.get(f"{path}?{query}"[:8000])
            else:
                fields = self._fields()
                if self._source.random() < 0.5:
                    path, form = self._form()
                    fields = form if self._source.random() < 0.7 else fields | form
                if self._source.random() < 0.8:
                    fields["form-token"] = side.form_token
                sent = {name: value.encode(errors="replace").decode() for name, value in fields.items()}
                method, answered = f"POST {path} {sent}", self._sent(side, path, sent, uploads=path in UPLOADS)
            policy = answered.headers.get("content-security-policy", "")
            if answered.status >= 500 or "default-src 'none'" not in policy:
                yield f"{mark}: {method}: {answered.status}"
            if RUN in answered.body or FOREIGN in answered.body:
                yield f"{mark}: {method}: hostile or foreign text"
            if answered.to and not re.match(r"(http://localhost:\d+)?/(?!/)", answered.to):
                yield f"{mark}: {method}: sent to {answered.to}"

    def _sent(self, side: BrowserSide, path: str, sent: dict[str, str], *, uploads: bool) -> Answered:
        """As a browser sends a form, or one with a file where there can be one."""
        if not uploads or self._source.random() < 0.3:
            return side.ask("POST", path, sent)
        border = "fuzz" * 5
        lines = [f'--{border}\r\nContent-Disposition: form-data; name="{quote(n)}"\r\n\r\n{v}' for n, v in sent.items()]
        file = f'--{border}\r\nContent-Disposition: form-data; name="seal"; filename="a.png"\r\n\r\n'
        body = "\r\n".join([*lines, file]).encode(errors="replace") + self._source.randbytes(64)
        end = f"\r\n--{border}--\r\n".encode()
        return side.send(path, body + end, {"Content-Type": f"multipart/form-data; boundary={border}"})

    def _form(self) -> tuple[str, dict[str, str]]:
        """A form of some page as it stands, with a few of its fields hostile: what is wrong in one field alone comes
        further than nonsense in all of them. Where it is sent, and its fields."""
        if not self._forms:
            side = self._console.signed_in("aoi", purpose=True)
            for shown in shown_paths(self._console):
                body = side.get(shown).body
                actions = set(re.findall(r'<form method="post" action="([^"]+)"', body)) - EVERYWHERE
                self._forms += [(action, dict(form_as_sent(body, action))) for action in sorted(actions)]
        path, stands = self._source.choice(self._forms)
        hostile = self._source.sample(sorted(stands), min(len(stands), self._source.randint(0, 3)))
        return path, stands | {name: self._value() for name in hostile}

    def _side(self, mark: str) -> BrowserSide:
        side = self._sides.get(mark)
        if side is None or (mark and side.get("/").status != 200):
            # Officers may have ended each other's roles by now.
            may = mark and self._console.desk(mark).who.roles
            side = self._sides[mark] = self._console.signed_in(mark, purpose=True) if may else self._console.stranger()
        return side

    def _fields(self) -> dict[str, str]:
        names = self._source.sample(_NAMES, self._source.randint(0, 8))
        return {name: self._value() for name in names}

    def _value(self) -> str:
        if self._source.random() < 0.3:
            return self._source.choice(list(self._keys.values()))
        return self._source.choice(_VALUES)


def crawl(folder: Path, number: int, count: int) -> list[str]:
    """One round on a console of its own; what was wrong."""
    with a_console(folder) as console, beside(console) as other:
        fill(console)
        other.hire(f"{FOREIGN}-1", *EVERY_ROLE)
        other.hire(f"{FOREIGN}-2", OfficeRole.APPROVER)
        enter(other.server.database, other.municipality, [Made(terminal=FOREIGN)], other.now(), first=900)
        application = applied(other.desk(f"{FOREIGN}-1"), FOREIGN, outlet=FOREIGN)
        foreign = ask_role(other.desk(f"{FOREIGN}-1"), HeldRole(f"{FOREIGN}-2", OfficeRole.VIEWER, other.today()))
        keys = {
            "foreign alarm": an_alarm(other, 9, FOREIGN).hex(),
            "foreign proposal": foreign.hex(),
            "document": first_document(console),
            "foreign document": first_document(other),
            "recall": "2",
            "application": first_application(console),
            "foreign application": application,
            **{f"alarm {at}": bytes([at]).hex() * 16 for at in range(3)},
            **{f"proposal {at}": each.proposal_id.hex() for at, each in enumerate(waiting(console.desk("aoi")))},
        }
        wrong = list(Crawler(console, keys, f"console/{number}").wrong(count))
        if len(waiting(other.desk(f"{FOREIGN}-1"))) != 1 or not any(
            each.closed_at is None for each in alarms(other.desk(f"{FOREIGN}-1"))
        ):
            wrong.append("something of the other municipality was changed")
        for each in (console, other):
            verified(each.server, each.municipality)
    return wrong


def main() -> int:
    """Rounds until the time is over."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / "console.json"
    number = json.loads(kept.read_text()) if kept.exists() else 0
    until, wrong = time.monotonic() + MINUTES * 60, 0
    while time.monotonic() < until and wrong < ENOUGH:
        with TemporaryDirectory() as folder:
            for each in crawl(Path(folder), number, ROUND):
                wrong += 1
                print(f"round {number}: {each[:500]}", file=sys.stderr)
        number += 1
        kept.write_text(json.dumps(number))
    print(f"{number} rounds of {ROUND} requests so far to {len(PAGES)} routes; {wrong} went wrong in this run.")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
