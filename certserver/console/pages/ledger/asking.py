"""The questions of a form about the ledger, as they were typed and as the use cases take them."""

from collections.abc import Mapping
from datetime import datetime

from certserver.console.texts import Texts
from certserver.console.visit import Fields, Visit
from certserver.office.issued.wanted import EndedAs, Wanted
from certserver.ports import JST, in_japan, unix
from koufu.evidence.words import CertificateKind

CRITERIA = ("since", "until", "kind", "terminal", "terminal-build", "server-build")
_LONGEST = {"terminal-build": 32, "server-build": 32}
_LONGEST_ELSE = 64
_DIGITS = 18
"""Of a number in the ledger: more stand in no database."""


def typed(fields: Fields) -> dict[str, str]:
    """What was typed, by field; empty where nothing was."""
    return {name: fields.get(name, "")[: _LONGEST.get(name, _LONGEST_ELSE)].strip() for name in (*CRITERIA, "ended")}


def wanted_of(asked: Mapping[str, str], before: int | None = None) -> Wanted:
    """What that asks for. Raises `ValueError` for what is no instant, kind or outcome."""
    return Wanted(
        since=_instant(asked["since"]),
        until=_instant(asked["until"]),
        kind=CertificateKind(asked["kind"]).value if asked["kind"] else None,
        terminal=asked["terminal"] or None,
        terminal_build=asked["terminal-build"] or None,
        server_build=asked["server-build"] or None,
        ended=EndedAs(asked["ended"]) if asked["ended"] else None,
        before=before,
    )


def before_of(visit: Visit) -> int | None:
    """Before which entry a page goes on. Raises `ValueError` for what is no number."""
    told = visit.query.get("before", "")
    return int(told[:_DIGITS]) if told else None


def kinds_to_choose(t: Texts) -> tuple[tuple[str, str], ...]:
    """The kinds, and none of them, as pairs of value and text."""
    return (("", t("ledger.any")), *((kind.value, t(f"word.{kind.value}")) for kind in CertificateKind))


def endings_to_choose(t: Texts) -> tuple[tuple[str, str], ...]:
    """What can have become of a document, the same way."""
    return (("", t("ledger.any")), *((ended.value, t(f"ledger.ended-{ended.value}")) for ended in EndedAs))


def criteria(t: Texts, wanted: Wanted) -> tuple[tuple[str, str], ...]:
    """What is asked for, as pairs of a name and a text."""
    kind = None if wanted.kind is None else t(f"word.{wanted.kind}")
    pairs = (
        ("since", _told(wanted.since)),
        ("until", _told(wanted.until)),
        ("kind", kind),
        ("terminal", wanted.terminal),
        ("terminal-build", wanted.terminal_build),
        ("server-build", wanted.server_build),
        ("ended", None if wanted.ended is None else t(f"ledger.ended-{wanted.ended.value}")),
    )
    return tuple((t(f"ledger.{name}"), text) for name, text in pairs if text is not None)


def _instant(told: str) -> int | None:
    """An instant as browsers write those without a zone, on a Japanese clock."""
    return unix(datetime.fromisoformat(told).replace(tzinfo=JST)) if told else None


def _told(at: int | None) -> str | None:
    return None if at is None else f"{in_japan(at):%Y-%m-%d %H:%M:%S}"
