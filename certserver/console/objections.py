"""What can't be done, told in the language of the page: the word of an objection with its values, each as pages call
it."""

from datetime import date
from enum import Enum

from certserver.console.texts import Texts
from certserver.objections import Forbidden, Objected
from certserver.office.posted_notices import Instrument
from certserver.office.proposals import Outcome
from certserver.office.reports import words
from certserver.office.rights import OfficeRole
from certserver.office.settings.difference import Subject
from certserver.office.settings.draft_rows import DraftState
from koufu.evidence.words import CertificateKind, RefusalReason


def told(t: Texts, met: Objected | Forbidden) -> str:
    """The sentence for whoever met it."""
    values = {name: _value(t, value) for name, value in met.values.items()}
    return t(f"objection.{met.why.value}", **values)


def subject_name(t: Texts, subject: Subject) -> str:
    """What a subject of the settings is called."""
    area = t(f"settings.area.{subject.area.value}")
    of = " ".join(t(f"word.{each}") if f"word.{each}" in t else each for each in subject.of.split())
    return t("settings.area-of", area=area, of=of) if of else area


def reason_name(t: Texts, reason: RefusalReason) -> str:
    """What a reason of a refusal is called."""
    return words.words_in(words.Language(t.language.value))(f"reason.{reason.value}")


def _value(t: Texts, value: object) -> str:
    match value:
        case OfficeRole():
            return t(f"role.{value.value}")
        case Outcome():
            return t(f"proposals.outcome-{value.value}")
        case DraftState():
            return t(f"settings.state.{value.value}")
        case CertificateKind():
            return t(f"word.{value.value}")
        case Instrument():
            return t(f"opened.{value.value}")
        case RefusalReason():
            return reason_name(t, value)
        case Subject():
            return subject_name(t, value)
        case date():
            return value.isoformat()
        case Enum():
            raise TypeError(f"{type(value).__name__} has no text here")
    return str(value)
