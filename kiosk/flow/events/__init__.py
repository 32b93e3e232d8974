"""The closed sum of events besides touches. One of a visit carries its `attempt`; one of another is dropped (I2). Each
subject has a module here."""

from hardware.sensors.model import PersonChanged, PlaceChanged, SensorEvent
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
    "Answer",
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
    "SceneEvent",
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
    "Told",
    "VisitEvent",
    "VisitOpened",
    "VoiceSeen",
]

Answer = (
    CardRead
    | PinRight
    | PinWrong
    | PinForgotten
    | ChallengeAnswered
    | OrderProven
    | EnrolmentProven
    | CardFailed
    | HeadphonesSeen
    | NumberCardRead
    | NumberTold
    | SessionOpened
    | Offered
    | Prepared
    | Released
    | RegisterMoved
    | EnrolmentTaken
    | Refused
    | ServerFailed
    | CashEvent
    | CashlessEvent
    | DocumentsAccepted
    | DocumentsRejected
    | SheetProgress
    | DocumentSettled
    | SlipSettled
    | SheetsShown
    | SheetsRefused
    | RightNoted
)
"""What the scenes of a visit wait for."""

VisitEvent = VisitOpened | NotWritten | Answer
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
)
"""What happens whether or not somebody is there."""

SceneEvent = (
    Answer
    | TimerFired
    | SlotChanged
    | PersonChanged
    | PlaceChanged
    | PrintersSeen
    | CashSeen
    | CounterTook
    | CounterFreed
)
"""What means something in one scene and nothing in another."""

Told = Touch | HouseEvent | VisitEvent
"""All that people, devices, timers and server tell."""

Event = Told | EffectFailed
"""One that failed stands for what its effect would have told (`kiosk.flow.broken`)."""
