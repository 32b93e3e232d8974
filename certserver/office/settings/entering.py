"""Enters what changes as dated rows that count from one instant. Rows of before stay, so that what was in force at any
time can be told; what is to come later keeps its own changes."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from certserver.applications.counter_settings import CounterSettings
from certserver.ledger.state import State
from certserver.municipality import MunicipalityProfile
from certserver.office.settings.content import Content, Standing, profile_of
from certserver.office.settings.difference import PROFILE_FIELDS, Area, Subject
from certserver.pipeline.card_applications.commissions import all_commissions, set_commissions
from certserver.pipeline.card_applications.counter_rows import set_identity, set_maker, stored_counter_settings
from certserver.pipeline.card_applications.retention_rows import set_retention, stored_retention
from certserver.pipeline.profile_rows import add_profile, read_profiles
from certserver.pipeline.setting_rows import (
    add_fee,
    add_hours,
    add_kind,
    add_tax_years,
    forget_at,
    read_settings,
    set_closures,
    set_purposes,
    set_refusal_texts,
)
from certserver.rules.settings import KindRow
from certserver.storage.settings import fee_settings, hour_settings, kind_settings


def standing(connection: Connection, state: State) -> Standing:
    """All that the municipality of a state row ever set; both from one transaction."""
    code = state.municipality
    settings, profiles = read_settings(connection, code, state.settings_revision), read_profiles(connection, code)
    retention, commissions = stored_retention(connection, code), all_commissions(connection, code)
    identity, maker = stored_counter_settings(connection, code)
    unread = (settings, profiles, retention, commissions, identity, maker)
    return Standing(
        settings=replace(settings, unread=tuple(each for part in unread for each in part.unread)),
        profiles=tuple(profile for _, profile in profiles.rows),
        retention=retention.rows,
        counter=CounterSettings(identity.rows, maker.rows),
        commissions=commissions.rows,
    )


def enter(
    connection: Connection,
    stood: Standing,
    content: Content,
    official_seal: bytes | None,
    changed: frozenset[Subject],
    at: int,
) -> None:
    """Lets the changed subjects of a content count from an instant (Unix seconds) that has not passed."""
    code = stood.settings.municipality
    for part in content.kinds:
        of = part.kind.value
        if Subject(Area.CHOICES, of) in changed:
            forget_at(connection, kind_settings, code, at, part.kind)
            row = KindRow(part.kind, at, part.offered, part.scopes, part.options, part.max_copies)
            add_kind(connection, code, row)
        if Subject(Area.FEES, of) in changed:
            forget_at(connection, fee_settings, code, at, part.kind)
            for fee in part.fee_rows(at):
                add_fee(connection, code, fee)
        if Subject(Area.HOURS, of) in changed:
            forget_at(connection, hour_settings, code, at, part.kind)
            for hours in part.hours_rows(at):
                add_hours(connection, code, hours)
    for years in content.tax_year_rows(at):
        if Subject(Area.TAX_YEARS, years.kind.value) in changed:
            add_tax_years(connection, code, years)
    _enter_lists(connection, code, content, changed, at)
    kept = [
        row
        for row in content.retention_rows(at)
        if Subject(Area.RETENTION, f"{row.span.value} {row.state.value}") in changed
    ]
    set_retention(connection, code, kept)
    _enter_counter(connection, code, content, changed, at)
    if any(subject.area in PROFILE_FIELDS for subject in changed):
        _enter_profile(connection, stood, content, official_seal, changed, at)


def changed_profile(
    stood: Standing, content: Content, official_seal: bytes | None, changed: frozenset[Subject], at: int
) -> MunicipalityProfile | None:
    """The profile that would count from an instant (Unix seconds) with the changed subjects of a content; None where
    there is none yet and the content has none."""
    former = stood.profile(at)
    if former is not None:
        return replace(former, **_profile_changes(content, official_seal, changed))
    if content.profile is None or official_seal is None:
        return None
    return profile_of(content.profile, stood.settings.municipality, official_seal)


def _enter_lists(connection: Connection, code: str, content: Content, changed: frozenset[Subject], at: int) -> None:
    """What is set as a list, all of it anew."""
    if Subject(Area.CLOSURES) in changed:
        set_closures(connection, code, at, content.closure_rows())
    if Subject(Area.PURPOSES) in changed:
        set_purposes(connection, code, at, content.purpose_rows())
    if Subject(Area.REFUSALS) in changed:
        set_refusal_texts(connection, code, at, content.refusal_text_rows())
    if Subject(Area.POST_OFFICES) in changed:
        set_commissions(connection, code, at, (part.row(code) for part in content.commissions or ()))


def _enter_counter(connection: Connection, code: str, content: Content, changed: frozenset[Subject], at: int) -> None:
    if content.identity is not None and Subject(Area.IDENTITY) in changed:
        set_identity(connection, code, content.identity.row(at))
    if content.card_maker is not None and Subject(Area.CARD_MAKER) in changed:
        set_maker(connection, code, content.card_maker.row(at))


def _enter_profile(
    connection: Connection,
    stood: Standing,
    content: Content,
    official_seal: bytes | None,
    changed: frozenset[Subject],
    at: int,
) -> None:
    """A profile is one row, so what changes is carried into the rows to come, field by field, as far as they leave the
    field as it was."""
    profile, before = changed_profile(stood, content, official_seal, changed, at), stood.profile(at)
    assert profile is not None, "a draft without the first profile is not begun"
    add_profile(connection, at, profile)
    carried = _profile_changes(content, official_seal, changed)
    for later in (each for each in stood.profiles if each.since > at):
        carried = {
            name: value
            for name, value in carried.items()
            if before is not None and getattr(later, name) == getattr(before, name)
        }
        before = later
        if carried:
            add_profile(connection, later.since, replace(later, **carried))


def _profile_changes(content: Content, official_seal: bytes | None, changed: frozenset[Subject]) -> dict[str, Any]:
    names = [name for area, fields in PROFILE_FIELDS.items() if Subject(area) in changed for name in fields]
    return {name: official_seal if name == "official_seal" else getattr(content.profile, name) for name in names}
