"""Settings and profile in force, read from the database once for each revision of a municipality's settings. A node
that has not seen a change yet can't act on the old rows: the revision comes from the state row of the transaction at
hand."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from certserver.errors import ConfigurationError, SettingUnread
from certserver.ledger.state import State
from certserver.municipality import MunicipalityProfile
from certserver.outlets import Outlet
from certserver.pipeline.profile_rows import DatedProfile, read_profiles
from certserver.pipeline.setting_rows import read_settings
from certserver.rules.in_force import InForce, in_force, offered_somewhere
from certserver.rules.settings import Settings
from certserver.rules.unread import Stored, unread_at
from koufu.evidence.words import CertificateKind


@dataclass(frozen=True, slots=True)
class _Kept:
    settings: Settings
    profiles: tuple[DatedProfile, ...]
    in_force: dict[Outlet, tuple[int, InForce]]
    """By outlet: from which Unix second on it was worked out, and what was."""


class SettingsCache:
    """Safe to share between threads: what is kept is replaced whole, never changed."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def in_force(self, connection: Connection, state: State, outlet: Outlet, at: int) -> InForce:
        """What is in force at an outlet at an instant (Unix seconds)."""
        kept = self._of(connection, state)
        known = kept.in_force.get(outlet)
        if known is not None and known[0] <= at and (known[1].until is None or at < known[1].until):
            return known[1]
        now = in_force(kept.settings, outlet, at)
        kept.in_force[outlet] = (at, now)
        return now

    def offered(self, connection: Connection, state: State, at: int) -> frozenset[CertificateKind]:
        """The kinds that are offered somewhere at an instant (Unix seconds)."""
        return offered_somewhere(self._of(connection, state).settings, at)

    def profile(self, connection: Connection, state: State, at: int) -> MunicipalityProfile:
        """The municipality's profile at an instant (Unix seconds). Raises `ConfigurationError` when there is none,
        `SettingUnread` when the one that counts can't be read."""
        kept = self._of(connection, state)
        for each in unread_at(kept.settings.unread, at, (Stored.PROFILE,)):
            raise SettingUnread(f"the profile of {state.municipality} can't be read ({each.why}): set it anew")
        counting = [profile for since, profile in kept.profiles if since <= at]
        if not counting:
            raise ConfigurationError(
                f"municipality {state.municipality} has no profile in force: load one, or `koufu-server demo-data`"
            )
        return counting[-1]

    def _of(self, connection: Connection, state: State) -> _Kept:
        kept = self._kept.get(state.municipality)
        if kept is None or kept.settings.revision != state.settings_revision:
            settings = read_settings(connection, state.municipality, state.settings_revision)
            profiles = read_profiles(connection, state.municipality)
            settings = replace(settings, unread=(*settings.unread, *profiles.unread))
            kept = _Kept(settings, profiles.rows, in_force={})
            self._kept[state.municipality] = kept
        return kept
