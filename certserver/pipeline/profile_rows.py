"""Reads and writes the profiles of a municipality, each in force from its instant until the next. Nothing is cached
here."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from certserver.municipality import CheckInstructions, Clause, MunicipalityProfile, Window
from certserver.pipeline.readable import AnyRow, Read, read_rows
from certserver.rules.unread import Stored
from certserver.storage.settings import profiles
from certserver.storage.statements import Query
from koufu.evidence.words import CertificateKind

_PROFILES = Query(
    select(profiles).where(profiles.c.municipality == bindparam("municipality")).order_by(profiles.c.effective_at)
)

DatedProfile = tuple[int, MunicipalityProfile]
"""From which Unix second a profile counts."""


def read_profiles(connection: Connection, municipality: str) -> Read[DatedProfile]:
    """All profiles of a municipality, oldest first."""
    return read_rows(Stored.PROFILE, _PROFILES.all(connection, {"municipality": municipality}), _dated)


def add_profile(connection: Connection, effective_at: int, profile: MunicipalityProfile) -> None:
    """Adds a profile that counts from an instant, in place of one of the same instant."""
    content = asdict(profile)
    official_seal = content.pop("official_seal")
    content.pop("since")
    for clause in content["clauses"]:
        clause["kind"] = clause["kind"].value
    content["individual_forms"] = [kind.value for kind in profile.individual_forms]
    same = (profiles.c.municipality == profile.code) & (profiles.c.effective_at == effective_at)
    connection.execute(delete(profiles).where(same))
    connection.execute(
        insert(profiles).values(
            municipality=profile.code,
            effective_at=effective_at,
            profile=json.dumps(content, ensure_ascii=False),
            official_seal=official_seal,
        )
    )


def _dated(row: AnyRow) -> DatedProfile:
    return row.effective_at, _profile(json.loads(row.profile), row.official_seal, row.effective_at)


def _profile(content: dict[str, Any], official_seal: bytes, since: int) -> MunicipalityProfile:
    clauses = tuple(
        Clause(CertificateKind(clause["kind"]), clause["whole"], clause["text"]) for clause in content.pop("clauses")
    )
    checking = CheckInstructions(**content.pop("checking"))
    window = Window(**content.pop("window"))
    individual_forms = tuple(map(CertificateKind, content.pop("individual_forms")))
    return MunicipalityProfile(
        **content,
        official_seal=official_seal,
        clauses=clauses,
        checking=checking,
        window=window,
        individual_forms=individual_forms,
        since=since,
    )
