"""The clerk's desk of a terminal and its cases, from settings and devices. Decides nothing."""

import os
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from hardware.composition import SystemClock
from hardware.keypad.password import PasswordPad
from hardware.keypad.pin import PinPad, SigningPinPad
from hardware.keypad.pin_rules import PinPolicy
from hardware.voice.model import Sentence
from kiosk.actions.counter.card_actions import CounterCardActions
from kiosk.actions.counter.pictures import Pictures
from kiosk.actions.counter.slip_actions import CounterSlipActions, ForWhom
from kiosk.actions.counter.staff import StaffSession
from kiosk.actions.counter.x509_pin.cases import CASES
from kiosk.actions.counter.x509_pin.ends import ENDS
from kiosk.actions.directory import SignedDirectory
from kiosk.actions.server import CertificateServer
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.actions.voice import VoiceActions
from kiosk.actions.whole_file import WholeFile
from kiosk.actions.wire import UploadTransport, WireServer
from kiosk.composition.counter import CounterParts, OpenCounter, OpenDay, open_counter
from kiosk.composition.counter_applications import IntakeParts, card_applications
from kiosk.composition.counter_cards import (
    OPEN_CASES,
    UNTOLD_ENDS,
    CardParts,
    Parties,
    hand_over,
    no_parties,
    read_operators,
    simulated_parties,
    x509_pin,
)
from kiosk.composition.devices import Devices
from kiosk.composition.moments import JAPAN, local_now
from kiosk.composition.pictures import face_finder
from kiosk.composition.settings import TerminalSettings
from kiosk.composition.site import site_of
from kiosk.composition.threads import Lanes
from kiosk.composition.transports import Transports
from kiosk.flow.values.presentation import Language, tongue_of
from kiosk.runner.flows import TerminalRunner
from kiosk.runner.runner import FaultLog
from kiosk.texts.catalogue import LayoutClass, Texts, plain


@dataclass(frozen=True, slots=True)
class Wired:
    """What stands already when the clerk's desk is put beside it."""

    devices: Devices
    day: OpenDay
    transports: Transports
    directory: SignedDirectory
    runner: TerminalRunner
    lanes: Lanes
    voice: VoiceActions
    broke: FaultLog


class Desks(NamedTuple):
    """What all cases of the counter share."""

    slips: CounterSlipActions
    card: CounterCardActions


def counter_beside(settings: TerminalSettings, wired: Wired, pad: PinPad, signing_pad: SigningPinPad) -> OpenCounter:
    """The clerk's desk with all its cases."""

    def connect() -> UploadTransport:
        return wired.transports.to(wired.directory.entry(settings.municipality).address)

    def for_whom() -> ForWhom:
        state = wired.runner.state
        return ForWhom(state.board, state.presentation.language)

    slips = CounterSlipActions(SlipPrinting(wired.devices.slips, site_of(settings), local_now), for_whom)
    parties = _parties(settings, wired.day.session)
    card = CounterCardActions(wired.devices.reader, parties.sign_on)
    cards = CardParts(
        municipality=settings.municipality,
        card=card,
        issuer=parties.issuer,
        store=WholeFile(settings.journal.with_name(OPEN_CASES), CASES),
        ends=WholeFile(settings.journal.with_name(UNTOLD_ENDS), ENDS),
        guard=threading.Lock(),
        slips=slips,
        pad=pad,
        signing_pad=signing_pad,
        policy=PinPolicy(settings.refuses_weak_pins),
        connect=connect,
        entropy=os.urandom,
    )
    pictures = Pictures()
    intake = _intake_parts(settings, wired, Desks(slips, card), pictures, pad)
    clerk_pad = PasswordPad()
    parts = CounterParts(
        municipality=settings.municipality,
        terminal=settings.terminal,
        place=settings.counter_place,
        connect=connect,
        staff_reader=wired.devices.staff_reader,
        slips=slips,
        day=wired.day,
        entropy=os.urandom,
        pictures=pictures,
        cases=lambda session: (
            x509_pin(cards, session),
            card_applications(intake, connect, session),
            hand_over(cards, session, clerk_pad),
        ),
        pad=clerk_pad,
    )
    return open_counter(parts, wired.runner, wired.lanes, wired.broke)


def _intake_parts(
    settings: TerminalSettings, wired: Wired, desks: Desks, pictures: Pictures, pad: PinPad
) -> IntakeParts:
    runner, devices = wired.runner, wired.devices

    def language() -> Language:
        return runner.state.presentation.language

    def speak(key: str) -> None:
        text = plain(Texts(language(), LayoutClass.PORTRAIT)(key))
        runner.take(wired.voice.say((Sentence(text, tongue_of(language())),)), "read out")

    def server() -> CertificateServer:
        directory = wired.directory
        return WireServer(settings.municipality, directory.entry, directory.signatory, wired.transports.to)

    return IntakeParts(
        site=site_of(settings),
        camera=devices.camera,
        finder=face_finder(),
        scanner=devices.scanner,
        card=desks.card,
        pad=pad,
        server=server,
        slips=desks.slips,
        pages=devices.pages,
        clock=SystemClock(),
        local=lambda at: datetime.fromtimestamp(at, JAPAN),
        speak=speak,
        entropy=os.urandom,
        pictures=pictures,
    )


def _parties(settings: TerminalSettings, session: StaffSession) -> Parties:
    if settings.writing_terminal is None or settings.writing_operators is None:
        return no_parties()
    return simulated_parties(settings.writing_terminal, read_operators(settings.writing_operators), session)
