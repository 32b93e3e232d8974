"""The command that writes a paper of the counter to a file: blank, for an office, or with what an application says,
which is noted in the audit log (I12)."""

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from certserver.applications.commissions import Commission
from certserver.applications.places import Place
from certserver.applications.readiness import Step
from certserver.cli.applications import purpose_of
from certserver.cli.opened import Opened, opened
from certserver.composition.clock import SystemClock
from certserver.composition.papers import LatePaperPress
from certserver.errors import ConfigurationError
from certserver.ledger.state import read_state
from certserver.office.applications import looking
from certserver.office.posted_notices import counting
from certserver.papers.kinds import PAPERS, About, PaperKind, PaperLanguage
from certserver.papers.model import NoticePaper, ReadinessPaper, Town
from certserver.papers.press import DrawnPaper, Paper, Undrawable
from certserver.pipeline.card_applications.commissions import read_commissions
from certserver.pipeline.card_applications.papers import PaperParts, blank, town_of
from certserver.pipeline.settings import SettingsCache
from certserver.ports import in_japan, unix


def paper(parsed: argparse.Namespace) -> int:
    """Writes one paper. Raises `ConfigurationError` for options that do not belong to its kind."""
    kind = PaperKind(parsed.kind)
    about = PAPERS[kind].about
    _require(parsed.application is None or about is About.APPLICATION, "this paper is about no application")
    _require((parsed.office is not None) == (about is About.OFFICE), "--office is for papers of an office")
    _require((parsed.place is not None) == (about is About.OFFICE), "--place is for papers of an office")
    explains = about is About.NOBODY
    _require(parsed.language is None or explains, "--language is for papers that explain: forms are in Japanese alone")
    _require(not parsed.done or kind is PaperKind.READINESS, "--done is for the checklist")
    with opened(parsed) as at_hand:
        press = LatePaperPress(at_hand.home / font for font in at_hand.settings.value_fonts)
        if parsed.application is not None:
            drawn: DrawnPaper | Undrawable = _filled(at_hand, press, parsed, kind)
        else:
            town, today, opened_there = _now(at_hand)
            drawn = press.draw(_told(kind, parsed, town, today, opened_there))
    if isinstance(drawn, Undrawable):
        raise ConfigurationError(f"this can't be printed as it is: {drawn.why.value}: {', '.join(drawn.fields)}")
    _write(drawn, parsed.out)
    return 0


def _filled(at_hand: Opened, press: LatePaperPress, parsed: argparse.Namespace, kind: PaperKind) -> DrawnPaper:
    _require(bool((parsed.officer or "").strip()), "say with --officer who looks")
    papers = PaperParts(press, SettingsCache())
    return looking.paper(at_hand.desk(parsed.officer), papers, parsed.application, kind, purpose_of(parsed))


def _now(at_hand: Opened) -> tuple[Town, date, tuple[Commission, ...]]:
    at = unix(SystemClock().now())
    with at_hand.database.reading() as connection:
        state = read_state(connection, at_hand.municipality)
        if state is None:
            raise ConfigurationError(f"municipality {at_hand.municipality} is not set up in this database")
        town = town_of(SettingsCache().profile(connection, state, at))
        return town, in_japan(at).date(), read_commissions(connection, at_hand.municipality, at)


def _told(
    kind: PaperKind, parsed: argparse.Namespace, town: Town, today: date, commissions: Iterable[Commission]
) -> Paper:
    if kind is PaperKind.READINESS:
        return ReadinessPaper(town, today, parsed.office, Place(parsed.place), dict(map(_done, parsed.done)))
    if kind is PaperKind.POSTED_NOTICE:
        return NoticePaper(town, today, counting(commissions, parsed.office, Place(parsed.place), today))
    return blank(kind, town, today, PaperLanguage(parsed.language or PaperLanguage.JAPANESE.value))


def _done(told: str) -> tuple[Step, date]:
    """A step and its day, as they are typed."""
    step, _, day = told.partition("=")
    try:
        return Step(step), date.fromisoformat(day)
    except ValueError as error:
        words = ", ".join(each.value for each in Step)
        raise ConfigurationError(f"{told}: STEP=YYYY-MM-DD is expected, a step of {words}") from error


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ConfigurationError(otherwise)


def _write(drawn: DrawnPaper, out: Path) -> None:
    try:
        with out.open("xb") as file:
            file.write(drawn.file)
    except OSError as error:
        raise ConfigurationError(f"can't write {out}: {error.strerror}") from error
    sheets = "sheet" if drawn.sheets == 1 else "sheets"
    print(f"{drawn.title}, {drawn.sheets} {sheets}, face and back, in {out}.")
