"""What a terminal is told before anybody shows a card: is it admitted (I8), and what can be had here now; and what it
tells of itself."""

from contextlib import suppress
from dataclasses import dataclass, field

from certserver.errors import ConfigurationError, StorageError
from certserver.ledger.state import read_state
from certserver.municipality import Window
from certserver.pipeline.admission import Caller, NotAdmitted, admission, against, told
from certserver.pipeline.parts import Parts
from certserver.pipeline.terminals.logs import LogLine, keep_log, waits_for_log
from certserver.pipeline.terminals.seen import is_news, keep_seen
from certserver.pipeline.terminals.told import Told
from certserver.ports import unix
from certserver.rules.board import Board, board


@dataclass(frozen=True, slots=True)
class Beat:
    """What a heartbeat says: build and wire schema, how the terminal is, and the log it was asked for, None without
    one."""

    build: str
    wire_schema: int
    told: Told = field(default_factory=Told)
    log: tuple[LogLine, ...] | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The municipality's answer. `against` is None when the terminal is admitted; a terminal that nobody knows gets no
    board, nor does any while something that all of it stands on can't be read. `at` in Unix seconds. `wants_log`: the
    next heartbeat is to bring it."""

    against: NotAdmitted | None
    at: int
    board: Board | None
    wants_log: bool = False

    @property
    def takes_calls(self) -> bool:
        """Whether staff can be called by this terminal: by one that is known, whatever speaks against serving it."""
        return self.against not in (NotAdmitted.MUNICIPALITY, NotAdmitted.TERMINAL)


def heartbeat(parts: Parts, caller: Caller, municipality: str, beat: Beat) -> Heartbeat:
    """Judges build and wire schema of a terminal, and keeps them when they are others than it told before; keeps how it
    is, once a minute and when that changed."""
    now = parts.clock.now()
    at = unix(now)
    with parts.database.reading() as connection:
        admitted = admission(connection, municipality, caller)
        if isinstance(admitted, NotAdmitted):
            return Heartbeat(admitted, at, None)
        in_force = parts.settings.in_force(connection, admitted.state, admitted.outlet, at)
        # What can't be read is told as nothing else: it is no alarm, and no person closes it.
        profile = None if in_force.halted else parts.settings.profile(connection, admitted.state, at)
        shown = None if profile is None else board(in_force, profile, now)
        why = against(admitted, beat.build, beat.wire_schema)
        if why is None and in_force.halted:
            why = NotAdmitted.SETTINGS
        news = is_news(connection, municipality, caller.terminal, beat.told, at)
        waits = waits_for_log(connection, municipality, caller.terminal)
    if (beat.build, beat.wire_schema) != admitted.told:
        with parts.database.writing() as connection:
            told(connection, municipality, caller.terminal, beat.build, beat.wire_schema, at)
    sent = beat.log if waits else None
    if news or sent is not None:
        # That a terminal was seen is no reason to keep residents from it: a busy database hears of it a minute later.
        with suppress(StorageError), parts.database.writing() as connection:
            keep_seen(connection, municipality, caller.terminal, beat.told, at)
            if sent is not None:
                keep_log(connection, municipality, caller.terminal, sent, at)
    return Heartbeat(why, at, shown, waits and sent is None)


def window_of(parts: Parts, municipality: str) -> Window | None:
    """Where a refused resident can go, or None when nobody knows the municipality, or its profile can't be read."""
    with parts.database.reading() as connection:
        state = read_state(connection, municipality)
        if state is None:
            return None
        try:
            return parts.settings.profile(connection, state, unix(parts.clock.now())).window
        except ConfigurationError:
            return None
