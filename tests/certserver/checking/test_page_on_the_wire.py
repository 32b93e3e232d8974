"""What the checking page's server answers, byte by byte: to whom, with which headers, how much it takes in."""

import http.client
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pytest

from certserver.checking.comparing import MOST_MEGABYTES, MOST_PICTURES
from certserver.checking.parts import CheckingParts, ComparedPictures
from certserver.pipeline.sheet_status import SheetState, SheetStatus
from certserver.web.guard import CLOSED
from tests.support.checking_page import Book, Shelf, Taken, parts_of, served
from tests.support.specimens import DOCUMENT_NO, ISSUED_AT, SEAL_DOCUMENT_NO

HASH, OTHER_HASH = bytes(range(32)), bytes(32)
BORDER = "border"


@dataclass
class Wire:
    """Requests to a running page."""

    url: str
    book: Book
    taken: Taken

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def status(self, body: object) -> tuple[int, object]:
        code, _, answer = self.ask("POST", "/status", json.dumps(body).encode())
        return code, json.loads(answer) if code == 200 else None

    def compare(self, *pictures: bytes, field: str = "pictures") -> int:
        parts = [
            f'--{BORDER}\r\nContent-Disposition: form-data; name="{field}"; filename="x"\r\n\r\n'.encode()
            + one
            + b"\r\n"
            for one in pictures
        ]
        body = b"".join(parts) + f"--{BORDER}--\r\n".encode()
        return self.ask("POST", "/compare", body, {"Content-Type": f"multipart/form-data; boundary={BORDER}"})[0]


@pytest.fixture
def wire() -> Iterator[Wire]:
    book = Book({(DOCUMENT_NO, HASH): SheetStatus(SheetState.ISSUED, ISSUED_AT)})
    taken = Taken()
    with served(lambda _port: parts_of(Shelf(), book, taken)) as url:
        yield Wire(url, book, taken)


def test_the_page_may_load_nothing_from_elsewhere(wire: Wire) -> None:
    code, headers, page = wire.ask("GET", "/")
    assert code == 200
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'")
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert headers["permissions-policy"].startswith("camera=(self)")
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert (headers["referrer-policy"], headers["x-content-type-options"]) == ("no-referrer", "nosniff")
    assert headers["cache-control"] == "no-cache"
    assert "strict-transport-security" not in headers
    assert "img-src 'self' blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'" in policy
    assert b"://" not in page
    assert f'data-most-pictures="{MOST_PICTURES}" data-most-megabytes="{MOST_MEGABYTES}"'.encode() in page


def test_a_page_that_opens_nothing_has_nothing_open() -> None:
    headers = CLOSED.headers()
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def test_files_are_kept_for_good_under_what_is_in_them(wire: Wire) -> None:
    page = wire.ask("GET", "/")[2].decode()
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    code, headers, _ = wire.ask("GET", style)
    assert (code, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert wire.ask("HEAD", style)[2] == b""
    _, _, keeper = wire.ask("GET", "/sw.js")
    assert style.encode() in keeper
    for missing in (
        "/s/0000000000000000/page.css",
        style + "x",
        "/s/../app.py",
        style.replace("shared/page.css", "index.html"),
    ):
        assert wire.ask("GET", missing)[0] == 404


@pytest.mark.parametrize(
    ("method", "path", "host", "code"),
    [
        ("GET", "/", "localhost:1", 200),
        ("GET", "/", "LOCALHOST", 200),
        ("GET", "/", "elsewhere.example", 421),
        ("GET", "/", "localhost.elsewhere.example", 421),
        ("PUT", "/", "localhost", 405),
        ("OPTIONS", "/status", "localhost", 405),
        ("GET", "/status", "localhost", 405),
        ("POST", "/", "localhost", 405),
        ("GET", "/nothing", "localhost", 404),
    ],
)
def test_it_answers_to_its_own_names_and_three_methods(
    method: str, path: str, host: str, code: int, wire: Wire
) -> None:
    answered, headers, _ = wire.ask(method, path, headers={"Host": host})
    assert answered == code
    assert headers["content-security-policy"]


def test_status_tells_what_the_ledger_says(wire: Wire) -> None:
    asked = {"document_no": DOCUMENT_NO, "content_hash": HASH.hex()}
    assert wire.status(asked) == (200, {"status": "issued", "at": ISSUED_AT})
    assert wire.status({**asked, "document_no": "-".join(DOCUMENT_NO[at : at + 4] for at in (0, 4, 8, 12))})[0] == 200


def test_a_number_with_another_content_is_answered_like_none(wire: Wire) -> None:
    unknown = (200, {"status": "unknown", "at": None})
    assert wire.status({"document_no": DOCUMENT_NO, "content_hash": OTHER_HASH.hex()}) == unknown
    assert wire.status({"document_no": SEAL_DOCUMENT_NO, "content_hash": HASH.hex()}) == unknown


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 200,
        b'{"document_no": 1, "content_hash": "00"}',
        json.dumps({"document_no": DOCUMENT_NO, "content_hash": "00"}).encode(),
        json.dumps({"document_no": "K6SE22SX7PJV6RCX", "content_hash": HASH.hex()}).encode(),
        b"\xff\xfe",
    ],
)
def test_what_is_no_question_is_not_put_to_the_ledger(body: bytes, wire: Wire) -> None:
    assert wire.ask("POST", "/status", body)[0] == 400
    assert wire.book.asked == []


def test_a_long_question_is_not_read_to_its_end(wire: Wire) -> None:
    assert wire.ask("POST", "/status", bytes(513))[0] == 413


def test_pictures_are_compared(wire: Wire) -> None:
    assert wire.compare(b"face", b"back!") == 200
    assert wire.taken.lengths == [4, 5]


def test_too_many_or_too_large_pictures_are_refused(wire: Wire) -> None:
    assert wire.compare(*[b"x"] * (MOST_PICTURES + 1)) == 400
    assert wire.compare() == 400
    assert wire.compare(b"x", field="other") == 400
    assert wire.ask("POST", "/compare", b"x", {"Content-Type": "text/plain"})[0] == 400
    assert wire.ask("POST", "/compare", b"x")[0] == 400
    assert wire.compare(bytes(MOST_MEGABYTES * 1024 * 1024 + 1)) == 413
    announced = {"Content-Type": f"multipart/form-data; boundary={BORDER}", "Content-Length": str(10**12)}
    assert wire.ask("POST", "/compare", b"", announced)[0] == 413
    assert wire.taken.lengths == []


def test_one_document_is_compared_at_a_time_and_few_wait() -> None:
    entered, go_on = threading.Semaphore(0), threading.Event()

    class Slow(Taken):
        def compare(self, pictures: Sequence[bytes]) -> ComparedPictures:
            entered.release()
            go_on.wait(20)
            return ComparedPictures({}, ())

    slow = Slow()
    with served(lambda _port: parts_of(Shelf(), None, slow)) as url:
        wire = Wire(url, Book(), slow)
        codes: list[int] = []
        waiting = [threading.Thread(target=lambda: codes.append(wire.compare(b"x"))) for _ in range(6)]
        for one in waiting:
            one.start()
        assert entered.acquire(timeout=20)
        # Three are inside, one of them at its turn; the others are sent away at once.
        for one in waiting:
            one.join(0.5)
        while len(codes) < 3:
            waiting[-1].join(0.1)
        assert codes == [503, 503, 503]
        assert not entered.acquire(blocking=False)
        go_on.set()
        for one in waiting:
            one.join(20)
        assert sorted(codes) == [200, 200, 200, 503, 503, 503]


def test_who_asks_without_end_is_told_to_come_back() -> None:
    shelf = Shelf(None)
    with served(lambda _port: _standing_still(shelf)) as url:
        wire = Wire(url, Book(), Taken())
        codes = [wire.status({"document_no": DOCUMENT_NO, "content_hash": HASH.hex()})[0] for _ in range(21)]
        assert codes == [200] * 20 + [429]
        assert wire.ask("POST", "/status", b"{}")[1]["retry-after"] == "10"
        assert wire.ask("GET", "/trust-list")[0] == 503
        assert wire.compare(b"x") == 404


def _standing_still(shelf: Shelf) -> CheckingParts:
    return replace(parts_of(shelf, Book()), elapsed=lambda: 0.0)
