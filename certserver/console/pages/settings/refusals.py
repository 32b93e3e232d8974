"""What the municipality says where something can't be had: beside each reason, on the screen in both languages, and to
whoever is shown the slip at a counter."""

from certserver.console.pages.settings.forms import Base, base_of, largest_form, sent
from certserver.console.pages.settings.reading import Mistake, Reading
from certserver.console.pages.settings.words import refusal_name
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.texts import standard_refusals
from certserver.console.visit import Visit
from certserver.office.rights import Right
from certserver.office.settings.content import Content
from certserver.office.settings.part import is_line
from certserver.office.settings.refusal_parts import LONGEST_EN, LONGEST_JA, MARKS, RefusalTextPart
from koufu.evidence.words import RefusalReason

_TEMPLATE = "settings/refusals"
_GROUPS = {
    "x509": (
        *(RefusalReason.X509_UNKNOWN, RefusalReason.X509_EXPIRED, RefusalReason.X509_REVOKED),
        RefusalReason.X509_ON_HOLD,
    ),
    "use": (
        *(RefusalReason.NEXT_DAY, RefusalReason.UNDER_AGE, RefusalReason.CLOSED, RefusalReason.NOT_OFFERED),
        RefusalReason.RESIDENTS_ONLY,
    ),
    "resident": (
        *(RefusalReason.MOVED_OUT, RefusalReason.MOVE_OUT_PLANNED, RefusalReason.NO_SEAL),
        RefusalReason.SEAL_CANCELLED,
    ),
    "tax": (
        *(RefusalReason.UNDECLARED, RefusalReason.TAXED, RefusalReason.NO_TAX_HERE),
        RefusalReason.NO_DAMAGE,
    ),
    "koseki": (
        *(RefusalReason.NO_KOSEKI_HERE, RefusalReason.NOT_RECORDED, RefusalReason.KOSEKI_PENDING),
        *(RefusalReason.KOSEKI_UNFIT, RefusalReason.NOT_ENROLLED, RefusalReason.ENROLMENT_PENDING),
        *(RefusalReason.ENROLMENT_DECLINED, RefusalReason.ENROLMENT_RENEW),
    ),
    "characters": (RefusalReason.CHARACTER_MISSING, RefusalReason.TOO_LONG),
}
"""Reasons under the headings that they stand under in the form."""

REASONS = tuple(reason for reasons in _GROUPS.values() for reason in reasons)
_LONGEST = {"text": LONGEST_JA, "text_en": LONGEST_EN, "counter": LONGEST_JA}


def show(visit: Visit) -> Answer:
    """The form."""
    return Shown(_TEMPLATE, _told(visit, base_of(visit)))


def do(visit: Visit) -> Answer:
    """Puts the texts into a draft."""
    return sent(visit, _TEMPLATE, _told, lambda _: Content(refusal_texts=_typed(visit)))


def _told(visit: Visit, base: Base) -> dict[str, object]:
    stands = {part.reason: part for part in base.content.refusal_texts or ()}
    return {
        **base.around(),
        "groups": [
            (group, [(reason.value, refusal_name(visit.texts, reason), stands.get(reason)) for reason in reasons])
            for group, reasons in _GROUPS.items()
        ],
        "longest": _LONGEST,
        "standard": standard_refusals(),
    }


def _typed(visit: Visit) -> tuple[RefusalTextPart, ...]:
    """What the form says. Raises `Wrong`."""
    reading = Reading(visit)
    found = []
    for reason in REASONS:
        said = {name: _text(visit, reading, reason, name) for name in _LONGEST}
        for name, other in (("text", "text_en"), ("text_en", "text")):
            if said[other] and not said[name]:
                reading.fault(name, Mistake.EMPTY, f"{name}-{reason.value}", of=refusal_name(visit.texts, reason))
        if any(said.values()):
            found.append((reason, said))
    reading.done()
    return tuple(RefusalTextPart(reason=reason, **said) for reason, said in found)


def _text(visit: Visit, reading: Reading, reason: RefusalReason, name: str) -> str:
    place = f"{name}-{reason.value}"
    text = visit.typed(place, _LONGEST[name] + 1)
    mistake = None
    if len(text) > _LONGEST[name]:
        mistake = Mistake.TOO_LONG
    elif not is_line(text) or set(text) & MARKS:
        mistake = Mistake.NOT_PRINTABLE
    if mistake is not None:
        reading.fault(name, mistake, place, of=refusal_name(visit.texts, reason))
    return text


PAGES = (
    PageRoute(
        "/settings/refusals",
        show,
        do,
        right=Right.DRAFT_SETTINGS,
        largest=largest_form(len(REASONS), fields=len(_LONGEST), characters=sum(_LONGEST.values())),
    ),
)
