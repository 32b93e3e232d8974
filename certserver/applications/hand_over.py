"""Whether a card may be handed over at a municipal counter (交付, 代理交付) to whoever came, on a day: who it is, what
they showed, and how the PINs are set then. It says all that is missing at once. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from certserver.applications.ages import needs_legal_representative
from certserver.applications.dated import Confirmed
from certserver.applications.identity import (
    DOCUMENTS,
    Combination,
    CombinationRow,
    DocumentRow,
    IdentityDocument,
    IdentityPolicy,
    NotProven,
    Proven,
    ShownDocument,
    prove_identity,
)
from certserver.applications.proxy import Agent, OfficerDecides, ProxyRefusal, ProxyRefused, ProxyRequest, judge_proxy
from certserver.applications.proxy_cases import PROXY_ROWS, ProxyCase, Support
from koufu.applying.words import Comer


class Coming(Enum):
    """Who stands at the counter."""

    PERSON = "person"
    WITH_REPRESENTATIVE = "with-representative"
    """The person, with the legal representative (法定代理人)."""
    REPRESENTATIVE = "representative"
    """The legal representative alone."""
    PROXY = "proxy"
    """Somebody whom the person named (任意代理人), alone."""


COMERS = {
    Coming.PERSON: Comer.PERSON,
    Coming.WITH_REPRESENTATIVE: Comer.LEGAL_REPRESENTATIVE,
    Coming.REPRESENTATIVE: Comer.LEGAL_REPRESENTATIVE,
    Coming.PROXY: Comer.PROXY,
}
ALONE = frozenset({Coming.REPRESENTATIVE, Coming.PROXY})
"""Without the person: 代理交付."""


class PinSetting(Enum):
    """How the card's PINs came onto it; the PINs themselves are nowhere."""

    SELF = "self"
    HELPER_ASSISTED = "helper-assisted"
    """A helper pressed the keys for a person who can't."""
    STAFF_ON_REQUEST = "staff-on-request"
    """Staff pressed the keys for a person who can't and asked for it."""
    REPRESENTATIVE = "representative"
    """The legal representative chose them."""
    SEALED_FORM = "sealed-form"
    """Staff entered them from the sealed 暗証番号設定依頼書; whoever took the card doesn't know them."""
    BEFORE = "before"
    """Before the card was mailed; it came back."""
    NONE = "none"
    """A face-authentication card."""


_BY_THE_PERSON = frozenset({PinSetting.SELF, PinSetting.HELPER_ASSISTED, PinSetting.STAFF_ON_REQUEST})


def pin_settings(coming: Coming, *, face_auth: bool, pins_set: bool, alone: bool) -> frozenset[PinSetting]:
    """In which ways the PINs may be set. `pins_set`: the card has them already; `alone`: the person may act without a
    representative."""
    if face_auth or pins_set:
        return frozenset({PinSetting.NONE if face_auth else PinSetting.BEFORE})
    match coming:
        case Coming.PERSON:
            return _BY_THE_PERSON
        case Coming.WITH_REPRESENTATIVE if alone:
            return _BY_THE_PERSON
        case Coming.WITH_REPRESENTATIVE | Coming.REPRESENTATIVE:
            return frozenset({PinSetting.REPRESENTATIVE})
        case Coming.PROXY:
            return frozenset({PinSetting.SEALED_FORM})


_PRACTICE = "remembered practice of municipalities; they differ"


def _taken(combination: Combination, a: int, b: int, *, face: bool = False) -> CombinationRow:
    return CombinationRow(combination, a, b, face_statement=face, source=_PRACTICE, confirmed=Confirmed.MEMORY)


FACE_TO_FACE = IdentityPolicy(combinations=(_taken(Combination.ONE_A, 1, 0), _taken(Combination.TWO_B, 0, 2)))
"""Of a person who stands there."""
_TWO = (_taken(Combination.TWO_A, 2, 0), _taken(Combination.A_AND_B, 1, 1))
FOR_ANOTHER = IdentityPolicy(combinations=_TWO)
"""Of whoever acts for the person."""
ABSENT = IdentityPolicy(combinations=(*_TWO, _taken(Combination.THREE_B_WITH_FACE, 0, 3, face=True)))
"""Of a person who does not come."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who came for whose card, and what they brought. `case` is why the person could not come; `officer_grants`: where
    the ministry's table leaves it open, an officer decided for it; `reply`: the 回答書 of the 交付通知書."""

    coming: Coming
    case: ProxyCase | None = None
    adult_ward: bool = False
    physically: bool = False
    officer_grants: bool = False
    brought: frozenset[Support] = frozenset()
    reply: bool = False
    letter_of_attorney: bool = False
    sealed_pin_form: bool = False
    of_holder: tuple[ShownDocument, ...] = field(default=(), repr=False)
    of_taker: tuple[ShownDocument, ...] = field(default=(), repr=False)


class Lack(Enum):
    """What is missing."""

    REPRESENTATIVE = "representative"
    """Under 15, or an adult ward: the legal representative has to come."""
    CASE = "case"
    """Why the person can't come is not told."""
    PROXY = "proxy"
    """It is no case, or nothing supports it: see `ProxyRefusal`."""
    OFFICER = "officer"
    """The table leaves it open: an officer has to decide."""
    HOLDER_IDENTITY = "holder-identity"
    TAKER_IDENTITY = "taker-identity"
    AUTHORITY = "authority"
    """代理権を証する書類"""
    REPLY = "reply"
    LETTER_OF_ATTORNEY = "letter-of-attorney"
    PIN_FORM = "pin-form"


@dataclass(frozen=True, slots=True)
class Admitted:
    """It may be handed over. By which documents either was identified, what supported the case, and in which ways the
    PINs may be set."""

    comer: Comer
    holder_by: Combination
    taker_by: Combination | None
    supported_by: tuple[Support, ...]
    pins: frozenset[PinSetting]


@dataclass(frozen=True, slots=True)
class Lacking:
    """It may not: all that is missing. With `Lack.PROXY` why, and that any one of `bring`, or all of `or_else_all`,
    would do. `holder` and `taker` tell what would identify them."""

    lacks: tuple[Lack, ...]
    proxy: ProxyRefusal | None = None
    bring: tuple[Support, ...] = ()
    or_else_all: tuple[Support, ...] = ()
    holder: NotProven | None = None
    taker: NotProven | None = None


def judge_hand_over(
    asked: HandOver,
    born: date,
    day: date,
    *,
    face_auth: bool,
    pins_set: bool = False,
    documents: tuple[DocumentRow, ...] = DOCUMENTS,
) -> Admitted | Lacking:
    """Whether the card of somebody born on a day may be handed over to whoever came, on a day in Japan. `documents` are
    those that the municipality takes, in their classes."""
    alone = not needs_legal_representative(born, day, adult_ward=asked.adult_ward)
    by_holder = replace(ABSENT if asked.coming in ALONE else FACE_TO_FACE, documents=documents)
    holder = prove_identity(_of_holder(asked), by_holder, day)
    by_taker = replace(FOR_ANOTHER, documents=documents)
    taker = None if asked.coming is Coming.PERSON else prove_identity(asked.of_taker, by_taker, day)
    verdict = _judge_case(asked, born, day, proven=isinstance(holder, Proven))
    refused = verdict if isinstance(verdict, ProxyRefused) else None
    wants_pins = asked.coming is Coming.PROXY and not face_auth and not pins_set
    lacks = (
        (Lack.REPRESENTATIVE, _wants_representative(asked, refused, alone=alone)),
        (Lack.CASE, asked.coming in ALONE and asked.case is None),
        (Lack.PROXY, refused is not None and refused.reason is not ProxyRefusal.REPRESENTATIVE_ONLY),
        (Lack.OFFICER, isinstance(verdict, OfficerDecides) and not asked.officer_grants),
        (Lack.HOLDER_IDENTITY, isinstance(holder, NotProven)),
        (Lack.TAKER_IDENTITY, isinstance(taker, NotProven)),
        (Lack.AUTHORITY, _represents(asked) and Support.PROOF_OF_AUTHORITY not in asked.brought),
        (Lack.REPLY, asked.coming in ALONE and not asked.reply),
        (Lack.LETTER_OF_ATTORNEY, asked.coming is Coming.PROXY and not asked.letter_of_attorney),
        (Lack.PIN_FORM, wants_pins and not asked.sealed_pin_form),
    )
    missing = tuple(lack for lack, lacking in lacks if lacking)
    if isinstance(holder, Proven) and not missing:
        return Admitted(
            comer=COMERS[asked.coming],
            holder_by=holder.by,
            taker_by=taker.by if isinstance(taker, Proven) else None,
            supported_by=tuple(sorted(asked.brought, key=lambda each: each.name)),
            pins=pin_settings(asked.coming, face_auth=face_auth, pins_set=pins_set, alone=alone),
        )
    told = refused if Lack.PROXY in missing else None
    return Lacking(
        missing,
        proxy=None if told is None else told.reason,
        bring=() if told is None else told.bring,
        or_else_all=() if told is None else told.or_else_all,
        holder=holder if isinstance(holder, NotProven) else None,
        taker=taker if isinstance(taker, NotProven) else None,
    )


def _judge_case(asked: HandOver, born: date, day: date, *, proven: bool) -> object:
    if asked.coming not in ALONE or asked.case is None:
        return None
    brought = set(asked.brought)
    # The holder's documents are looked at by themselves; that they support a case follows from them.
    brought = brought | {Support.IDENTITY_DOCUMENT} if proven else brought - {Support.IDENTITY_DOCUMENT}
    if not asked.letter_of_attorney:
        brought -= {Support.LETTER_SAYS_HARD_TO_GO_OUT}
    request = ProxyRequest(
        case=asked.case,
        agent=Agent.LEGAL_REPRESENTATIVE if asked.coming is Coming.REPRESENTATIVE else Agent.NAMED,
        born=born,
        adult_ward=asked.adult_ward,
        physically=asked.physically,
        brought=frozenset(brought),
    )
    return judge_proxy(request, day)


def _of_holder(asked: HandOver) -> Iterable[ShownDocument]:
    """What identifies the holder; a face statement that supports the case does that too, as far as its row says so."""
    faces = {each for row in PROXY_ROWS if row.case is asked.case for each in row.also_identity}
    stated = (ShownDocument(IdentityDocument.FACE_STATEMENT),) if faces & asked.brought else ()
    return (*asked.of_holder, *stated)


def _represents(asked: HandOver) -> bool:
    return asked.coming in (Coming.WITH_REPRESENTATIVE, Coming.REPRESENTATIVE)


def _wants_representative(asked: HandOver, refused: ProxyRefused | None, *, alone: bool) -> bool:
    if asked.coming is Coming.PERSON:
        return not alone
    if refused is not None:
        return refused.reason is ProxyRefusal.REPRESENTATIVE_ONLY
    return asked.coming is Coming.PROXY and not alone
