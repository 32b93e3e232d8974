"""`koufu-kiosk enrol`: the terminal makes its key, and gets its X.509 by the one-time code of an officer."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kiosk.actions.wire import GrpcTransport
from kiosk.actions.x509_files import X509Files
from kiosk.actions.x509s import enrol as enrol_at
from kiosk.composition.settings import load_settings
from kiosk.composition.transports import content_of
from kiosk.errors import ConfigurationError, ServerAway, ServerFault, X509Refused

_WHY: Mapping[str, str] = {
    "code-wrong": "this is not the code of {terminal}: look at both once more, or let a new code be made",
    "code-expired": "the time of this code is over: let a new one be made",
    "code-used": "this code was used already, with another key: let a new one be made",
    "wait": "too many codes were wrong: try again in {wait} seconds",
    "enrolled": "{terminal} is enrolled already: let a code be made that is in place of what it has",
    "stopped": "{terminal} is stopped: let it serve again first",
    "no-ca": "this municipality makes X.509s elsewhere: bring one, and let it be admitted",
    "ca-ends": "the time of the municipality's CA is over",
    "other-name": "the server takes the name {terminal} for another one",
    "request": "the server does not take what was asked for: is this build too old?",
}


def enrol(settings_file: Path, server: str, code: Callable[[], str], *, again: bool) -> Iterator[str]:
    """Enrols the terminal of these settings at `host:port`; what came of it, in lines. `code` gives what the person
    types. Raises `ConfigurationError` with what to do."""
    settings = load_settings(settings_file)
    files = X509Files(settings.terminal_key, settings.terminal_x509)
    if files.exist() and not again:
        raise ConfigurationError(
            f"there is a key or an X.509 already ({settings.terminal_key}, {settings.terminal_x509}): with --again "
            "another one takes its place"
        )
    transport = GrpcTransport(server, content_of(settings.server_ca), None, None)
    try:
        enrol_at(files, transport, settings.municipality, settings.terminal, code())
    except X509Refused as refused:
        why = _WHY.get(refused.reason, "the server does not want to: {reason}")
        told = why.format(terminal=settings.terminal, wait=refused.wait_s, reason=refused.reason)
        raise ConfigurationError(told) from refused
    except ServerAway as error:
        raise ConfigurationError(
            f"{server} did not answer: is it the port for enrolments, and its X.509 under {settings.server_ca}? "
            "Then try the same code again"
        ) from error
    except ServerFault as error:
        raise ConfigurationError(f"{server} met a fault, which its log names; try the same code again") from error
    finally:
        transport.close()
    yield f"{settings.terminal} is enrolled. Its X.509 ends at {files.ends_at():%Y-%m-%d} and is renewed before that."
    yield f"Key and X.509: {settings.terminal_key}, {settings.terminal_x509}"
