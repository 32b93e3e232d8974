"""One-time codes by which a terminal enrols: one for each terminal, in place of any former one. What is kept is a hash:
random bits need no slow one."""

import re
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from certserver.outlets import Outlet, OutletKind
from certserver.ports import Entropy
from certserver.storage.admission import terminal_codes

CODE_BYTES = 15
"""24 letters and digits of base32."""

LIVES_S = 8 * 3600


@dataclass(frozen=True, slots=True)
class CodeMade:
    """A code as it is kept. Instants are Unix seconds; `key_hash` is that of the key it was used for."""

    outlet: Outlet
    anew: bool
    made_by: str
    made_at: int
    expires_at: int
    used_at: int | None
    key_hash: bytes | None
    code_hash: bytes

    def is_it(self, typed: str) -> bool:
        """Whether this was typed."""
        # A hash of random bits tells nothing by the time it takes to compare.
        return self.code_hash == _hash(typed)


def make_code(
    connection: Connection,
    municipality: str,
    terminal: str,
    outlet: Outlet,
    by: str,
    entropy: Entropy,
    now: int,
    *,
    anew: bool,
) -> str:
    """A code that counts once, for `LIVES_S`. It is told to whoever asked and never kept."""
    code = b32encode(entropy(CODE_BYTES)).decode()
    connection.execute(delete(terminal_codes).where(_of(municipality, terminal)))
    connection.execute(
        insert(terminal_codes).values(
            municipality=municipality,
            terminal=terminal,
            code_hash=_hash(code),
            outlet=outlet.name,
            outlet_kind=outlet.kind.value,
            anew=anew,
            made_by=by,
            made_at=now,
            expires_at=now + LIVES_S,
            used_at=None,
            key_hash=None,
        )
    )
    return "-".join(code[at : at + 6] for at in range(0, len(code), 6))


def code_of(connection: Connection, municipality: str, terminal: str) -> CodeMade | None:
    """The last code that was made for a terminal."""
    row = connection.execute(select(terminal_codes).where(_of(municipality, terminal))).one_or_none()
    return None if row is None else _made(row)


def codes(connection: Connection, municipality: str) -> dict[str, CodeMade]:
    """The last codes by terminal."""
    rows = connection.execute(select(terminal_codes).where(terminal_codes.c.municipality == municipality))
    return {row.terminal: _made(row) for row in rows}


def use_code(connection: Connection, municipality: str, terminal: str, key_hash: bytes, now: int) -> None:
    """The code counts no more."""
    of_it = _of(municipality, terminal)
    connection.execute(update(terminal_codes).where(of_it).values(used_at=now, key_hash=key_hash))


def _made(row: Any) -> CodeMade:
    return CodeMade(
        outlet=Outlet(row.outlet, OutletKind(row.outlet_kind)),
        anew=row.anew,
        made_by=row.made_by,
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        key_hash=row.key_hash,
        code_hash=row.code_hash,
    )


def _hash(code: str) -> bytes:
    return sha256(re.sub(r"[\s-]", "", code).upper().encode()).digest()


def _of(municipality: str, terminal: str) -> ColumnElement[bool]:
    return and_(terminal_codes.c.municipality == municipality, terminal_codes.c.terminal == terminal)
