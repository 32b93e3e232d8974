"""The closed sum of effects: what the flow wants done. Pure data; the actions do it and answer with events. An effect
of a visit carries its `attempt`, and so does every answer to it (I2). Each subject has a module here."""

from kiosk.flow.effects.calling import Announce, Announcement, CallingEffect, CallStaff, LookAtVoice, SetLamp
from kiosk.flow.effects.card import (
    AnswerChallenge,
    CardEffect,
    ClearPad,
    ProveEnrolment,
    ProveOrder,
    ReadCard,
    ResetCard,
    VerifyPin,
)
from kiosk.flow.effects.cash import (
    AcceptMoney,
    CashEffect,
    GiveChange,
    LookAtCash,
    ReturnMoney,
    SecureMoney,
    SettleMoney,
)
from kiosk.flow.effects.cashless import CashlessEffect, Debit, LookAtCashless, PayBack, StopDebit
from kiosk.flow.effects.counter import CounterEffect, NoteRight
from kiosk.flow.effects.journal import JournalEffect, LookAtJournal, Recover, WriteDown
from kiosk.flow.effects.machine import FeedWatchdog, MachineEffect, ShutDown
from kiosk.flow.effects.number import LookAtHeadphones, NumberEffect, ReadNumberCard, TellNumber, VerifyNumberPin
from kiosk.flow.effects.paper import (
    CheckDocuments,
    GiveUpPrinting,
    LookAtPrinters,
    PaperEffect,
    PrintDocument,
    PrintSlip,
)
from kiosk.flow.effects.server import (
    OpenSession,
    Prepare,
    Release,
    ReportOutcome,
    SendAnswer,
    SendEnrolment,
    SendHeartbeat,
    ServerCall,
    ServerEffect,
)
from kiosk.flow.effects.timer import AnyTimer, StartTimer, StopTimer, Timer, TimerEffect
from kiosk.flow.effects.visit import BEFORE_RESTART, CloseVisit, EraseVisit, OpenVisit, VisitEffect

__all__ = [
    "BEFORE_RESTART",
    "AcceptMoney",
    "Announce",
    "Announcement",
    "AnswerChallenge",
    "AnyTimer",
    "CallStaff",
    "CallingEffect",
    "CardEffect",
    "CashEffect",
    "CashlessEffect",
    "CheckDocuments",
    "ClearPad",
    "CloseVisit",
    "CounterEffect",
    "Debit",
    "Effect",
    "EraseVisit",
    "FeedWatchdog",
    "GiveChange",
    "GiveUpPrinting",
    "JournalEffect",
    "LookAtCash",
    "LookAtCashless",
    "LookAtHeadphones",
    "LookAtJournal",
    "LookAtPrinters",
    "LookAtVoice",
    "MachineEffect",
    "NoteRight",
    "NumberEffect",
    "OpenSession",
    "OpenVisit",
    "PaperEffect",
    "PayBack",
    "Prepare",
    "PrintDocument",
    "PrintSlip",
    "ProveEnrolment",
    "ProveOrder",
    "ReadCard",
    "ReadNumberCard",
    "Recover",
    "Release",
    "ReportOutcome",
    "ResetCard",
    "ReturnMoney",
    "SecureMoney",
    "SendAnswer",
    "SendEnrolment",
    "SendHeartbeat",
    "ServerCall",
    "ServerEffect",
    "SetLamp",
    "SettleMoney",
    "ShutDown",
    "StartTimer",
    "StopDebit",
    "StopTimer",
    "TellNumber",
    "Timer",
    "TimerEffect",
    "VerifyNumberPin",
    "VerifyPin",
    "VisitEffect",
    "WriteDown",
]

Effect = (
    TimerEffect
    | VisitEffect
    | CardEffect
    | NumberEffect
    | ServerEffect
    | CashEffect
    | CashlessEffect
    | PaperEffect
    | CounterEffect
    | JournalEffect
    | MachineEffect
    | CallingEffect
)
