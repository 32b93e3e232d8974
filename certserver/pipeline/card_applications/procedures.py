"""Procedures of X.509s and PINs at a counter as steps of the server: begun before the first command to the card, by
whoever is signed in, for a resident whom the card itself names and whose documents say who came; ended once. Each step,
and each that was refused, stands in the audit log with who, where, what and under which number (I12). Whoever is
withheld is told what somebody who lives elsewhere is told (I14). No PIN is ever known here."""

from dataclasses import dataclass, field, replace

from certserver.applications.facts import FactRefusal
from certserver.applications.identity import NotProven, Proven, ShownDocument, prove_identity
from certserver.applications.permissions import NotAllowed, NotHere, Site, SiteKind, Visitor, may
from certserver.applications.places import Procedure
from certserver.applications.procedures import STAYS_OPEN, taken_for
from certserver.identity.model import Identity
from certserver.identity.subjects import holder_of
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.pipeline.card_applications.handling import Hand, in_hand
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.permitting import commissions_of
from certserver.pipeline.card_applications.procedure_rows import StoredProcedure, keep_procedure, read_procedure
from certserver.pipeline.card_applications.who import AtTerminal
from certserver.pipeline.staff.rows import read_member
from certserver.ports import unix
from certserver.registers.resident_now import hold_resident_now
from certserver.stages import Refused
from koufu.applying.words import Comer, ProcedureEnd
from koufu.evidence.words import RefusalReason

STEP = "card procedure"
"""How a refusal is called in the audit log."""

_ELSEWHERE = ""
"""A municipality of residence that is not the desk's: the card's holder is nobody of its register."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is to be done on which card. `case_number` is that of the user-authentication X.509 at the issuer, `numbers`
    all of them; `x509` what the card shows without a PIN (DER), empty where it bears none; `about` the X.509s or PINs
    it is about. `without_pin`: it goes on though no PIN is known. `issued_in` is the case in which its issuer says that
    this X.509 was issued, empty where it knows none."""

    case_number: str
    numbers: tuple[str, ...]
    procedure: Procedure
    about: tuple[str, ...]
    comer: Comer
    shown: tuple[ShownDocument, ...] = field(repr=False)
    x509: bytes = field(repr=False)
    without_pin: bool = False
    issued_in: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """It may be done now."""


@dataclass(frozen=True, slots=True)
class Unproven:
    """Nothing was begun: what was shown does not say who came."""

    verdict: NotProven


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: by a word of its `reason` where the outcome has one, at `told_at` (Unix seconds, by the terminal's
    clock), with `told_of` at the desk. It may be told later, by whoever is signed in then."""

    case_number: str
    outcome: ProcedureEnd
    reason: str
    told_at: int
    told_of: str


def begin_procedure(
    parts: ApplicationParts, cards: Identity, who: AtTerminal, asked: Beginning
) -> Begun | Unproven | Declined:
    """Begins it, or goes on with one that was begun under this number, or says why not."""

    def begin(hand: Hand) -> Begun | Unproven | Declined:
        return _begin(hand, cards, who, asked)

    return in_hand(parts, who, who.municipality, begin, step=STEP, about=_about(asked))


def end_procedure(parts: ApplicationParts, who: AtTerminal, ending: Ending) -> Declined | None:
    """Ends it, or says why not. The same told again is done once."""
    about = {"case": ending.case_number, "outcome": ending.outcome.value}
    done = in_hand(
        *(parts, who, who.municipality, lambda hand: _end(hand, who, ending)),
        step="staff end of a procedure",
        about=about,
    )
    return done if isinstance(done, Declined) else None


def _begin(hand: Hand, cards: Identity, who: AtTerminal, asked: Beginning) -> Begun | Unproven | Declined:
    if hand.book.state.suspended:
        return Declined(RefusalReason.SUSPENDED)
    before = read_procedure(hand.connection, hand.municipality, asked.case_number)
    if before is not None and (before.terminal != who.caller.terminal or before.procedure is not asked.procedure):
        return Declined(Why.NO_SUCH_CASE)
    if before is not None and before.ended_at is not None:
        return Declined(Why.CASE_ENDED)
    holder = _holder(hand, cards, asked, before)
    if isinstance(holder, Declined):
        return holder
    day = hand.at.date()
    proven: Proven | None = None
    if before is None or asked.without_pin or before.proven_day != day:
        policy = read_counter_settings(hand.connection, hand.municipality).policy(unix(hand.at))
        taken = taken_for(asked.procedure, asked.comer, policy.documents, day, without_pin=asked.without_pin)
        verdict = prove_identity(asked.shown, taken, day)
        if isinstance(verdict, NotProven):
            hand.refused(Declined(FactRefusal.NOT_PROVEN), STEP, _about(asked))
            return Unproven(verdict)
        proven = verdict
    terminal = who.caller.terminal
    now = StoredProcedure(asked.case_number, asked.procedure, terminal, holder.person, day, holder.subject)
    keep_procedure(hand.connection, hand.municipality, now)
    what = "without-pin" if asked.without_pin else "begin" if before is None else "go-on"
    _note(hand, AuditEvent.PROCEDURE_BEGUN, asked, what, holder.person, proven)
    return Begun()


@dataclass(frozen=True, slots=True)
class _Holder:
    """Whose card it is: the keyed hash of the resident, and the linked X.509 that names them; both None where the card
    tells nobody of this register."""

    person: bytes | None = None
    subject: bytes | None = None


def _holder(hand: Hand, cards: Identity, asked: Beginning, before: StoredProcedure | None) -> _Holder | Declined:
    """Whose card it is, after the rules of the place were asked for that very person; nobody where the card bears no
    X.509, and an officer of the municipality's own counter goes by documents alone."""
    site = hand.acts.site
    if site is None or site.municipality is None:
        return Declined(NotHere.NEVER_HERE)
    found = _named(hand, cards, asked)
    if isinstance(found, Declined):
        return found
    if before is not None and found.person is None:
        # What it bears now, this very case may have put there: the terminal knows the card again.
        found = _Holder(before.person, before.subject)
    elif before is not None and before.person is not None and before.person != found.person:
        return Declined(Why.OTHER_CARD)
    known = found.person is not None or (not asked.x509 and site.kind is SiteKind.MUNICIPAL_COUNTER)
    if not known and not asked.x509:
        return Declined(Why.CARD_TELLS_NOBODY)
    home = site.municipality if known else _ELSEWHERE
    opened = commissions_of(hand.connection, (site.municipality, home), unix(hand.at))
    if asked.without_pin and site.kind is not SiteKind.MUNICIPAL_COUNTER:
        return Declined(NotHere.NEVER_HERE, instead=(Site(SiteKind.MUNICIPAL_COUNTER, "", site.municipality),))
    role = hand.acts.actor.role
    verdict = may(asked.procedure, Visitor(asked.comer, home), site, role, opened, hand.at.date())
    return Declined(verdict.reason, instead=verdict.instead) if isinstance(verdict, NotAllowed) else found


def _named(hand: Hand, cards: Identity, asked: Beginning) -> _Holder | Declined:
    """The resident whom the card's X.509 names and who lives here. One that was issued in a procedure of this
    municipality is its holder's, before anybody linked it."""
    if not asked.x509:
        return _Holder()
    subject = cards.subject(hand.connection, hand.municipality, asked.x509)
    if isinstance(subject, Refused):
        return Declined(subject.reason)
    found = holder_of(hand.connection, hand.municipality, subject)
    if found is None and asked.issued_in:
        issued = read_procedure(hand.connection, hand.municipality, asked.issued_in)
        subject = b"" if issued is None or issued.subject is None else issued.subject
        found = holder_of(hand.connection, hand.municipality, subject)
    resident = None if found is None else hold_resident_now(hand.connection, hand.municipality, found)
    if found is None or resident is None or not resident.lives_here or hand.resident_hidden(found, resident.address):
        return _Holder()
    return _Holder(hand.parts.keys.person(hand.municipality, found), subject)


def _end(hand: Hand, who: AtTerminal, ending: Ending) -> Declined | None:
    before = read_procedure(hand.connection, hand.municipality, ending.case_number)
    if before is None or before.terminal != who.caller.terminal:
        return Declined(Why.NO_SUCH_CASE)
    if (before.outcome, before.told_at) == (ending.outcome, ending.told_at):
        return None
    if before.ended_at is not None:
        return Declined(Why.CASE_ENDED)
    ended = ending.outcome not in STAYS_OPEN
    after = replace(before, outcome=ending.outcome, told_at=ending.told_at)
    if ended:
        after = replace(after, person=None, ended_at=unix(hand.at))
    keep_procedure(hand.connection, hand.municipality, after)
    detail: dict[str, str | int] = {
        "case": ending.case_number,
        "kind": before.procedure.value,
        "outcome": ending.outcome.value,
        "told_at": ending.told_at,
        **_actor(hand),
    }
    if read_member(hand.connection, hand.municipality, ending.told_of) is not None:
        # Whatever a terminal says, only who is known here stands in the log.
        detail["told_of"] = ending.told_of
    if ending.reason:
        detail["reason"] = ending.reason
    hand.book.note(AuditEntry(unix(hand.at), AuditEvent.PROCEDURE_ENDED, hand.acts.source, detail))
    return None


def _note(
    hand: Hand, event: AuditEvent, asked: Beginning, what: str, person: bytes | None, proven: Proven | None
) -> None:
    detail: dict[str, str | int] = {
        "about": " ".join(asked.about),
        "what": what,
        **_about(asked),
        **_actor(hand),
    }
    if person is not None:
        detail["resident"] = person.hex()
    if proven is not None:
        detail["identity"] = proven.by.value
    hand.book.note(AuditEntry(unix(hand.at), event, hand.acts.source, detail))


def _about(asked: Beginning) -> dict[str, str]:
    return {"case": " ".join(asked.numbers), "kind": asked.procedure.value}


def _actor(hand: Hand) -> dict[str, str]:
    return {"officer": hand.acts.actor.actor_id, "role": hand.acts.actor.role.value}
