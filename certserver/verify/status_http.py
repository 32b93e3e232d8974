"""Asks a municipality's server for the status of a document number: `POST url` with JSON {"document_no": "…",
"content_hash": "hex"}; the answer is {"status": "issued|spoiled|voided|unknown", "at": Unix seconds or null}."""

import http.client
import ipaddress
import json
import ssl
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from certserver.verify.status import ANSWERS, NO_ANSWER, DocumentStanding, Status

MAX_ANSWER = 4096
"""Bytes."""

WITHIN_S = 10.0
_PART_S = 3.0
_CHUNK = 512
_LATEST = 2**40


class UnusableAddress(Exception):
    """The address is none that can be asked."""


class HttpStatusSource:
    """The `StatusSource` behind one address. It follows no redirect and speaks without TLS to this machine alone.
    `elapsed` gives seconds since some fixed moment. Raises `UnusableAddress`."""

    def __init__(self, url: str, elapsed: Callable[[], float]) -> None:
        self._url = _usable(url)
        self._elapsed = elapsed

    def status(self, document_no: str, content_hash: bytes) -> Status:
        """What the server says; `NO_ANSWER` when it says nothing within 10 seconds or nothing that can be read."""
        asked = json.dumps({"document_no": document_no, "content_hash": content_hash.hex()}).encode("ascii")
        connection = self._connection()
        try:
            path = self._url.path or "/"
            headers = {"Content-Type": "application/json", "Accept": "application/json"}
            connection.request("POST", f"{path}?{self._url.query}" if self._url.query else path, asked, headers)
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                return NO_ANSWER
            return read_status(self._read(answer))
        except (OSError, http.client.HTTPException, ValueError, RecursionError):
            return NO_ANSWER
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=_PART_S, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=_PART_S)

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        """The body. Raises `ValueError` when it is too long or comes too slowly."""
        began, body = self._elapsed(), b""
        while part := answer.read1(_CHUNK):
            body += part
            if len(body) > MAX_ANSWER or self._elapsed() - began > WITHIN_S:
                raise ValueError("the answer is too long, or comes too slowly")
        return body


def read_status(body: bytes) -> Status:
    """The status in an answer. Raises `ValueError`."""
    told = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("the answer is no object")
    standing, at = DocumentStanding(told.get("status")), told.get("at")
    if standing not in ANSWERS or not (at is None or (type(at) is int and 0 <= at < _LATEST)):
        raise ValueError("the answer says nothing that a ledger says")
    return Status(standing, at)


def _usable(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port_is_there = parts.port is None or parts.port > 0
    except ValueError as error:
        raise UnusableAddress(f"{url} is no address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_there or parts.username:
        raise UnusableAddress(f"{url}: name an https address, without user and password")
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise UnusableAddress(f"{url}: only this machine may be asked without TLS; name an https address")
    return parts


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
