"""Asking a ledger: one question, one bounded answer, and never a fault of the check."""

from itertools import count
from typing import Any

import pytest

from certserver.verify.status import NO_ANSWER, DocumentStanding, Status, StatusSource
from certserver.verify.status_http import MAX_ANSWER, HttpStatusSource, UnusableAddress, read_status
from tests.support.status_server import answering

NUMBER, HASH = "K6SE22SX7PJV6RCW", bytes(range(32))


def asked(answer: object, **how: Any) -> Status:
    with answering(answer, **how) as ledger:
        source: StatusSource = HttpStatusSource(ledger.url, lambda: 0.0)
        return source.status(NUMBER, HASH)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"status": "issued", "at": 1790817825}, Status(DocumentStanding.ISSUED, 1790817825)),
        ({"status": "spoiled", "at": 1790817825}, Status(DocumentStanding.SPOILED, 1790817825)),
        ({"status": "voided", "at": None}, Status(DocumentStanding.VOIDED)),
        ({"status": "recalled", "at": 1790817825}, Status(DocumentStanding.RECALLED, 1790817825)),
        ({"status": "unknown"}, Status(DocumentStanding.UNKNOWN)),
    ],
)
def test_a_ledger_says_what_became_of_a_document(answer: object, status: Status) -> None:
    assert asked(answer) == status


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"{", b"[]", b"null", b"[" * 4000, b"\xff", b"x" * (MAX_ANSWER + 1)),
        *(
            {},
            {"status": "good"},
            {"status": "not-asked"},
            {"status": "no-answer"},
            {"status": 1},
            {"status": ["issued"]},
        ),
        *({"status": "issued", "at": "today"}, {"status": "issued", "at": True}, {"status": "issued", "at": -1}),
        *({"status": "issued", "at": 2**70}, {"status": "issued", "at": 1.5}),
    ],
)
def test_whatever_else_it_says_is_no_answer(answer: object) -> None:
    assert asked(answer) == NO_ANSWER


def test_errors_and_redirects_are_no_answer() -> None:
    good = {"status": "issued", "at": 1}
    assert asked(good, status=500) == NO_ANSWER
    with answering(good) as elsewhere:
        assert asked(good, status=307, location=elsewhere.url) == NO_ANSWER
        assert elsewhere.asked == []


def test_a_server_that_is_not_there_is_no_answer() -> None:
    with answering({}) as ledger:
        pass
    assert HttpStatusSource(ledger.url, lambda: 0.0).status(NUMBER, HASH) == NO_ANSWER


def test_an_answer_that_comes_too_slowly_is_none() -> None:
    minutes = count(step=60)
    with answering({"status": "issued", "at": 1}) as ledger:
        assert HttpStatusSource(ledger.url, lambda: float(next(minutes))).status(NUMBER, HASH) == NO_ANSWER


@pytest.mark.parametrize(
    "url",
    [
        *("http://mihon.example/status", "http://10.0.0.1/status", "ftp://mihon.example/", "mihon.example", ""),
        *("https://", "https://user:word@mihon.example/", "https://mihon.example:99999/", "file:///etc/passwd"),
    ],
)
def test_nobody_is_asked_without_tls_but_this_machine(url: str) -> None:
    with pytest.raises(UnusableAddress):
        HttpStatusSource(url, lambda: 0.0)


def test_this_machine_and_tls_are_usable() -> None:
    for url in ("https://mihon.example/status", "http://127.0.0.1:1/", "http://localhost/", "http://[::1]:8/x?y=1"):
        HttpStatusSource(url, lambda: 0.0)


def test_an_answer_is_read_strictly() -> None:
    with pytest.raises(ValueError, match="ledger"):
        read_status(b'{"status": "not-asked"}')
