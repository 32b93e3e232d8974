"""The commands for what a municipality sets: municipality show, municipality set."""

import argparse
from pathlib import Path

from sqlalchemy import Connection

from certserver.cli.opened import changing, note, opened
from certserver.composition.clock import SystemClock
from certserver.composition.municipality_file import MunicipalityFile, profile_of, read_municipality_file
from certserver.composition.municipality_text import written
from certserver.documents.form import ClauseSource
from certserver.documents.forms import forms_of
from certserver.errors import ConfigurationError
from certserver.municipality import MunicipalityProfile
from certserver.pipeline.card_applications.retention_rows import read_retention, set_retention
from certserver.pipeline.profile_rows import add_profile, read_profiles
from certserver.pipeline.setting_rows import (
    add_fee,
    add_hours,
    add_kind,
    add_tax_years,
    forget_at,
    read_settings,
    replace_closures,
    replace_purposes,
)
from certserver.ports import in_japan, unix
from certserver.rules.in_force import newest, offered_somewhere
from certserver.rules.settings import KindRow
from koufu.evidence.words import TAX_KINDS

_CLAUSES_NEEDED = {
    ClauseSource.NATION: 0,
    ClauseSource.MUNICIPALITY: 1,
    ClauseSource.MUNICIPALITY_WHOLE_AND_PART: 2,
}


def show(parsed: argparse.Namespace) -> int:
    """Shows what is in force."""
    at = unix(SystemClock().now())
    with opened(parsed) as at_hand, at_hand.database.reading() as connection:
        settings = read_settings(connection, at_hand.municipality, 0)
        profile = _profile(connection, at_hand.municipality, at)
        retention = read_retention(connection, at_hand.municipality)
    print(written(settings, profile, retention, at), end="")
    return 0


def set_from_file(parsed: argparse.Namespace) -> int:
    """Sets what the file says, or nothing."""
    file = read_municipality_file(parsed.file)
    now = SystemClock().now()
    at = unix(file.instant(now))
    if at < unix(now):
        raise ConfigurationError("effective lies in the past: what was in force is never changed afterwards")
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        _enter(connection, at_hand.municipality, file, parsed.file.parent, at)
        _require_whole(connection, at_hand.municipality, at)
        book.settings_changed()
        note(book, f"municipality set from {parsed.file.name}, in force from {in_japan(at).isoformat()}")
    print(f"Set, in force from {in_japan(at):%Y-%m-%d %H:%M:%S} (Japan).")
    return 0


def _enter(connection: Connection, municipality: str, file: MunicipalityFile, folder: Path, at: int) -> None:
    former = _profile(connection, municipality, at)
    forget_at(connection, municipality, at, tuple(part.kind for part in file.kinds))
    for part in file.kinds:
        row = KindRow(part.kind, at, part.offered, part.scopes, part.options, part.max_copies)
        add_kind(connection, municipality, row)
        for fee in part.fee_rows(at):
            add_fee(connection, municipality, fee)
        for hours in part.hours_rows(at):
            add_hours(connection, municipality, hours)
    for years in file.tax_year_rows(at):
        add_tax_years(connection, municipality, years)
    if file.closures is not None:
        replace_closures(connection, municipality, file.closure_rows())
    if file.purposes is not None:
        replace_purposes(connection, municipality, file.purpose_rows())
    set_retention(connection, municipality, file.retention_rows(at))
    if file.profile is not None:
        add_profile(connection, at, profile_of(file.profile, municipality, folder, former))


def _require_whole(connection: Connection, municipality: str, at: int) -> None:
    """Raises `ConfigurationError` unless every kind that will be offered can be made and suggested."""
    settings = read_settings(connection, municipality, 0)
    profile = _profile(connection, municipality, at)
    if profile is None:
        raise ConfigurationError("there is no profile yet: the file must have one")
    for kind in offered_somewhere(settings, at):
        has = {clause.whole for clause in profile.clauses if clause.kind is kind}
        if len(has) < _CLAUSES_NEEDED[forms_of(kind)[0].clause_source]:
            raise ConfigurationError(f"{kind.value} is offered, but the profile lacks a certification clause for it")
        if kind in TAX_KINDS and not any(row.years for row in newest(settings.tax_years, kind, at)):
            raise ConfigurationError(f"{kind.value} is offered, but no fiscal year of it: the file needs [[tax_years]]")
    known = {row.kind for row in settings.kinds}
    for purpose in settings.purposes:
        if purpose.kind is not None and purpose.kind not in known:
            raise ConfigurationError(f"purpose {purpose.code} suggests {purpose.kind.value}, which nobody set")


def _profile(connection: Connection, municipality: str, at: int) -> MunicipalityProfile | None:
    counting = [profile for since, profile in read_profiles(connection, municipality) if since <= at]
    return counting[-1] if counting else None
