"""Settings that can't be read, as pages tell them: which, since when, what follows, and where to set it anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from certserver.console.texts import Texts
from certserver.rules.unread import OF_KINDS, Stored, Unread
from koufu.evidence.words import CertificateKind

_FORMS: Mapping[Stored, str] = {
    Stored.CLOSURES: "/settings/closures",
    Stored.PURPOSES: "/settings/purposes",
    Stored.PROFILE: "/settings/profile",
    Stored.REFUSALS: "/settings/refusals",
    Stored.COMMISSIONS: "/settings/post-offices/list",
}
_KNOWN = frozenset(kind.value for kind in CertificateKind)


@dataclass(frozen=True, slots=True)
class ToldUnread:
    """One of them. `form` is where it is set anew, empty where no page sets it; `since` is None where it counts as it
    is."""

    title: str
    since: int | None
    follows: str
    form: str
    why: str


def told_unread(t: Texts, unread: Iterable[Unread]) -> list[ToldUnread]:
    """In the language of the page."""
    return [
        ToldUnread(
            title=_title(t, each),
            since=None if each.refused else each.since,
            follows=t("settings.unread-refused" if each.refused else f"settings.unread.{_word(each)}"),
            form=_form(each),
            why=each.why,
        )
        for each in unread
    ]


def _word(unread: Unread) -> str:
    if unread.of in OF_KINDS:
        return "kind" if unread.name in _KNOWN else "foreign-kind"
    return unread.of.value


def _title(t: Texts, unread: Unread) -> str:
    area = t(f"settings.unread-of.{unread.of.value}")
    if not unread.name:
        return area
    named = (t(f"word.{word}") if f"word.{word}" in t else word for word in unread.name.split(" "))
    return t("settings.area-of", area=area, of=t("frame.comma").join(named))


def _form(unread: Unread) -> str:
    if unread.of in OF_KINDS:
        return f"/settings/kinds/{unread.name}" if unread.name in _KNOWN else ""
    return _FORMS.get(unread.of, "")
