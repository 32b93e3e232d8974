"""The closed sum of events besides touches. One of a visit carries its `attempt`; one of another is dropped (I2). Each
subject has a module here."""

from hardware.sensors.model import SensorEvent
from kiosk.flow.events.card import (
    CardFailed,
    CardProblem,
    CardRead,
    ChallengeAnswered,
    EnrolmentProven,
    OrderProven,
    PinForgotten,
    PinRight,
    PinWrong,
    SlotChanged,
)
from kiosk.flow.events.cash import (
    CashEvent,
    CashSeen,
    CashStopped,
    ChangeGiven,
    MoneyReturned,
    MoneySecured,
    MoneySettled,
    MoneyTaken,
    MoneyUnclear,
    PaidOut,
    SlotsOpen,
)
from kiosk.flow.events.cashless import CashlessEvent, CashlessSeen, Debited, DebitInDoubt, DebitUnclear, NotDebited
from kiosk.flow.events.counter import CounterDay, CounterFreed, CounterTook, RightNoted, SheetsRefused, SheetsShown
from kiosk.flow.events.journal import JournalSeen, NotWritten
from kiosk.flow.events.number import HeadphonesSeen, NumberCardRead, NumberTold
from kiosk.flow.events.paper import (
    DocumentsAccepted,
    DocumentSettled,
    DocumentsRejected,
    PrintersSeen,
    SheetProgress,
    SlipSettled,
)
from kiosk.flow.events.recovery import Recovered, RecoveryFailed, RecoveryWaits
from kiosk.flow.events.server import (
    EnrolmentTaken,
    HeartbeatAnswered,
    HeartbeatFailed,
    Offered,
    Prepared,
    Refused,
    RegisterMoved,
    Released,
    ServerFailed,
    SessionOpened,
)
from kiosk.flow.events.terminal import EffectFailed, PoweredOn, StaffNeeded, StaysUp, TimerFired, VisitOpened, VoiceSeen
from kiosk.flow.touches import Touch

__all__ = [
    "CardFailed",
    "CardProblem",
    "CardRead",
    "CashEvent",
    "CashSeen",
    "CashStopped",
    "CashlessEvent",
    "CashlessSeen",
    "ChallengeAnswered",
    "ChangeGiven",
    "CounterDay",
    "CounterFreed",
    "CounterTook",
    "DebitInDoubt",
    "DebitUnclear",
    "Debited",
    "DocumentSettled",
    "DocumentsAccepted",
    "DocumentsRejected",
    "EffectFailed",
    "EnrolmentProven",
    "EnrolmentTaken",
    "Event",
    "HeadphonesSeen",
    "HeartbeatAnswered",
    "HeartbeatFailed",
    "HouseEvent",
    "JournalSeen",
    "MoneyReturned",
    "MoneySecured",
    "MoneySettled",
    "MoneyTaken",
    "MoneyUnclear",
    "NotDebited",
    "NotWritten",
    "NumberCardRead",
    "NumberTold",
    "Offered",
    "OrderProven",
    "PaidOut",
    "PinForgotten",
    "PinRight",
    "PinWrong",
    "PoweredOn",
    "Prepared",
    "PrintersSeen",
    "Recovered",
    "RecoveryFailed",
    "RecoveryWaits",
    "Refused",
    "RegisterMoved",
    "Released",
    "RightNoted",
    "ServerFailed",
    "SessionOpened",
    "SheetProgress",
    "SheetsRefused",
    "SheetsShown",
    "SlipSettled",
    "SlotChanged",
    "SlotsOpen",
    "StaffNeeded",
    "StaysUp",
    "TimerFired",
    "VisitEvent",
    "VisitOpened",
    "VoiceSeen",
]

VisitEvent = (
    VisitOpened
    | CardRead
    | PinRight
    | PinWrong
    | PinForgotten
    | ChallengeAnswered
    | OrderProven
    | CardFailed
    | SessionOpened
    | Offered
    | Prepared
    | Released
    | RegisterMoved
    | EnrolmentProven
    | EnrolmentTaken
    | NotWritten
    | Refused
    | ServerFailed
    | DocumentsAccepted
    | DocumentsRejected
    | SheetProgress
    | DocumentSettled
    | SheetsShown
    | SheetsRefused
    | RightNoted
    | SlipSettled
    | HeadphonesSeen
    | NumberCardRead
    | NumberTold
    | CashEvent
    | CashlessEvent
)
"""Results of a visit's effects. Each carries the attempt it belongs to."""

HouseEvent = (
    PoweredOn
    | Recovered
    | RecoveryFailed
    | RecoveryWaits
    | TimerFired
    | SlotChanged
    | SensorEvent
    | StaysUp
    | VoiceSeen
    | HeartbeatAnswered
    | HeartbeatFailed
    | PrintersSeen
    | CashSeen
    | CashlessSeen
    | JournalSeen
    | StaffNeeded
    | CounterTook
    | CounterFreed
    | CounterDay
    | EffectFailed
)
"""What happens whether or not somebody is there."""

Event = Touch | HouseEvent | VisitEvent
