"""The resident's own card at a counter: the session that it opened and answered says whose it is, and that its PIN was
right. The server holds that session; a terminal claims neither."""

from sqlalchemy import Connection

from certserver.pipeline.admission import Caller
from certserver.pipeline.sessions import answered, read_session


def answered_by(connection: Connection, municipality: str, session_id: bytes, caller: Caller, now: int) -> str | None:
    """The resident register's key of whoever's card answered this session at this very terminal, and whose session is
    not over now (Unix seconds); None for any other."""
    session = read_session(connection, municipality, session_id, caller)
    if session is None or answered(session) is None or session.expires_at <= now:
        return None
    return session.resident_id
