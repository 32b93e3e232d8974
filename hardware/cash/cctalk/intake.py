"""From what the acceptors say happened to the account, and to what the sale must hear. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hardware.cash.cctalk import codes, till
from hardware.cash.cctalk.codes import Meaning
from hardware.cash.cctalk.events import Log, News, Result, news
from hardware.cash.cctalk.till import Doubt, Route, Till


@dataclass(frozen=True, slots=True)
class Taken:
    """One piece is in, a note in escrow perhaps; `theirs` is the sum now."""

    yen: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something else than money came."""

    meaning: Meaning


Heard = Taken | Noticed


def coins_told(
    before: Till, log: Log, yen_at: Mapping[int, int], refills: int | None, *, unwatched: bool = False
) -> tuple[Till, list[Heard]]:
    """The account after the coin acceptor said this. `refills` is the sorter path into the hoppers; `unwatched`: it is
    the first word since the program started."""
    now, fresh = _since(before, before.coins, log, Doubt.MISSED_COINS, unwatched=unwatched)
    heard: list[Heard] = []
    now = replace(now, coins=log)
    for position, second in fresh.events:
        if not position:
            meaning = codes.of_coin(second)
            if meaning is Meaning.LOST:
                now = till.doubted(now, Doubt.LOST_COIN)
            heard += _stops(meaning)
            continue
        yen = yen_at.get(position)
        if yen is None:
            now, heard = till.doubted(now, Doubt.LOST_COIN), [*heard, Noticed(Meaning.LOST)]
            continue
        now = till.coin_in(_expected(now), yen, into_hopper=second == refills and yen in now.hoppers)
        heard.append(Taken(yen, now.theirs))
    return now, heard + _missed(before, fresh)


def notes_told(
    before: Till, log: Log, yen_at: Mapping[int, int], *, unwatched: bool = False
) -> tuple[Till, list[Heard]]:
    """The account after the bill validator said this."""
    now, fresh = _since(before, before.notes, log, Doubt.MISSED_NOTES, unwatched=unwatched)
    heard: list[Heard] = []
    now = replace(now, notes=log)
    lost = 0
    events = fresh.events
    if fresh.gap and now.escrow:
        shown = next((event for event in events if yen_at.get(event[0]) == now.escrow), None)
        if shown is not None and now.routed is Route.BACK:
            # It did not go back yet: it is part of the payout at hand, and none of it is theirs once more.
            now = till.doubted(now, Doubt.LOST_NOTE)
            events = tuple(event for event in events if event is not shown or event[1] == codes.STACKED)
        else:
            # Out again or stacked: it does not say.
            now, lost = till.note_lost(now), now.escrow
    for event in events:
        now, more = _note(now, event, yen_at)
        if lost and yen_at.get(event[0]) == lost and (again := [each for each in more if isinstance(each, Taken)]):
            # The very note: the sale has heard of it.
            more, lost = [each for each in more if each not in again], 0
        heard += more
    return now, heard + _missed(before, fresh)


def _since(before: Till, known: Log | None, log: Log, doubt: Doubt, *, unwatched: bool) -> tuple[Till, News]:
    """What is new to the account. The first word ever is where counting begins."""
    if known is None:
        return before, News()
    fresh = news(known, log, unwatched=unwatched)
    return (till.doubted(before, doubt) if fresh.gap and before.at_stake else before), fresh


def _missed(before: Till, fresh: News) -> list[Heard]:
    """After what is known of, that there was more."""
    return [Noticed(Meaning.LOST)] if fresh.gap and before.at_stake else []


def _note(now: Till, event: Result, yen_at: Mapping[int, int]) -> tuple[Till, list[Heard]]:
    position, second = event
    if not position:
        return _note_status(now, codes.of_bill(second))
    yen = yen_at.get(position)
    if yen is None or second not in (codes.IN_ESCROW, codes.STACKED):
        return till.doubted(now, Doubt.LOST_NOTE), [Noticed(Meaning.LOST)]
    if second == codes.IN_ESCROW:
        if now.escrow:
            now = till.note_lost(now)
        now = till.note_waits(_expected(now), yen)
        return now, [Taken(yen, now.theirs)]
    if now.escrow == yen:
        return till.note_stacked(now, yen), []
    # A note that never was said to wait: it is theirs all the same.
    now = till.note_stacked(_expected(till.note_lost(now) if now.escrow else now), yen)
    return now, [Taken(yen, now.theirs)]


def _note_status(now: Till, meaning: Meaning) -> tuple[Till, list[Heard]]:
    match meaning:
        case Meaning.RETURNED if now.escrow:
            return till.note_back(now), [] if now.routed else [Noticed(meaning)]
        case Meaning.RETURNED:
            return now, []
        case Meaning.JAMMED | Meaning.FRAUD if now.escrow:
            now = till.note_lost(now)
        case Meaning.LOST:
            now = till.note_lost(now)
        case Meaning.FULL | Meaning.ROOM:
            now = replace(now, full=meaning is Meaning.FULL)
    return now, _stops(meaning)


def _stops(meaning: Meaning) -> list[Heard]:
    return [] if meaning is Meaning.PASSING else [Noticed(meaning)]


def _expected(now: Till) -> Till:
    """Money that comes while nobody may pay is somebody's, but nobody knows whose."""
    return now if now.sale else till.doubted(now, Doubt.WHILE_CLOSED)
