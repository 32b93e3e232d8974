"""What the audit log says of drafts, in the words of whoever reads it. Pure."""

import re
from datetime import datetime

from certserver.console.objections import subject_name
from certserver.console.texts import Texts
from certserver.office.settings.difference import Area, Subject

_ENTRY = re.compile(
    r"settings: draft (?P<number>\d+) "
    r"(?:(?P<done>begun|holds|proposed|revised|dropped)|in force from (?P<since>[0-9T:+-]{25}))"
    r"(?:, taking back draft (?P<back>\d+))?(?::? (?P<subjects>.+))?"
)


def draft_entry(t: Texts, what: str) -> str | None:
    """What was done with which draft, and the subjects it was about; None where that is no entry about one."""
    found = _ENTRY.fullmatch(what)
    if found is None:
        return None
    try:
        subjects = [_subject(t, each) for each in (found["subjects"] or "").split(", ") if each]
        since = f"{datetime.fromisoformat(found['since']):%Y-%m-%d %H:%M:%S}" if found["since"] else ""
    except (KeyError, ValueError):
        return None
    done = t("audit.draft-in-force", at=since) if since else t(f"audit.draft-{found['done']}")
    told = t("audit.draft", n=found["number"], done=done)
    if found["back"]:
        told += t("frame.comma") + t("audit.draft-back", n=found["back"])
    return told + (t("frame.colon") + t("frame.comma").join(subjects) if subjects else "")


def _subject(t: Texts, told: str) -> str:
    if told == "nothing":
        return t("settings.nothing")
    area, _, of = told.partition(" ")
    return subject_name(t, Subject(Area(area), of))
