"""The JPKI applet in software: files, PINs and keys behind command APDUs, answered with the status words of real cards.
It holds test keys only."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import NoDigestInfo

from hardware.card import profile
from hardware.card.model import Usage
from hardware.card.virtual.files import (
    NOT_SATISFIED,
    OK,
    WRONG_LENGTH,
    WRONG_P1P2,
    DataAndStatus,
    File,
    FileApplet,
    Key,
    Manner,
    Objects,
)
from hardware.card.virtual.memory import ANNOTATION_LINES, CardMemory, PinState
from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.wire import Received
from hardware.card.virtual.writing_applet import Writable, WritingApplet, is_pin
from hardware.card.writing.commands import BAD_DATA, SIMULATED_CLA

MAX_TO_PAD = 245
"""What RSA-2048 with PKCS#1 v1.5 has room for, in bytes."""

_TOKEN_INFO_BYTES = 160


class JpkiApplet(FileApplet):
    """The applet of one card. `handle` takes a command after the applet was selected."""

    def __init__(
        self,
        persona: Persona,
        manner: Manner,
        entropy: Callable[[int], bytes],
        writable: Writable | None = None,
        memory: CardMemory | None = None,
    ) -> None:
        self.memory = memory or CardMemory.of(persona, ANNOTATION_LINES if writable is None else writable.lines)
        super().__init__(_objects(persona, manner, self.memory), manner)
        self._writable = writable
        self._entropy = entropy
        self._writing = None if writable is None else WritingApplet(self.memory, writable, entropy)
        self._persona = persona
        self.commands |= {
            (0x00, 0x24): self._change_pin,
            (0x80, 0x2A): self._perform,
            (0x00, 0x84): self._challenge,
        }

    def reset(self) -> None:
        """What a reset forgets: the selected file, every PIN and the operator, never the tries."""
        super().reset()
        if self._writing is not None:
            self._writing.reset()

    def handle(self, command: Received) -> DataAndStatus:
        """Data and status word."""
        if self._writing is not None and command.cla == SIMULATED_CLA:
            outcome = self._writing.handle(command)
            self.objects = _objects(self._persona, self.manner, self.memory)
            return outcome
        return super().handle(command)

    def _change_pin(self, command: Received) -> DataAndStatus:
        pin = self.addressed(command)
        if command.p1 != 0x01 or not isinstance(pin, PinState):
            return b"", WRONG_P1P2
        if not pin.verified:
            return b"", NOT_SATISFIED
        usage = Usage.USER_AUTH if pin is self.memory.pins[Usage.USER_AUTH] else Usage.SIGNING
        if not is_pin(usage, command.data):
            return b"", BAD_DATA
        pin.set(command.data)
        if self._writable is not None:
            self._writable.kept(self.memory)
        return b"", OK

    def _perform(self, command: Received) -> DataAndStatus:
        key = self.addressed(command)
        if command.p1 != 0x00 or not isinstance(key, Key):
            return b"", WRONG_P1P2
        if not key.needs.verified:
            return b"", NOT_SATISFIED
        if not 0 < len(command.data) <= MAX_TO_PAD or command.le is None:
            return b"", WRONG_LENGTH
        if self.manner.pin_for_each_answer:
            key.needs.verified = False
        return key.key.sign(command.data, PKCS1v15(), NoDigestInfo()), OK

    def _challenge(self, command: Received) -> DataAndStatus:
        if command.le is None or command.data:
            return b"", WRONG_LENGTH
        return self._entropy(command.le), OK


def _objects(persona: Persona, manner: Manner, memory: CardMemory) -> Objects:
    android = persona.kind is PersonaKind.ANDROID
    label = manner.label or ("JPKIAPGPSETOKEN" if android else "JPKIAPICCTOKEN2")
    there = profile.X509_IS_THERE
    user_auth, signing = memory.pairs[Usage.USER_AUTH], memory.pairs[Usage.SIGNING]
    user_auth_pin, signing_pin = memory.pins[Usage.USER_AUTH], memory.pins[Usage.SIGNING]
    present = bytes((there if signing.in_use else 0, there if user_auth.in_use else 0, 0))
    objects: Objects = {
        profile.TOKEN_INFO: File(_token_info(label)),
        profile.PRESENT_X509S: File(present),
        profile.SIGNING_CA_X509: File(persona.signing_ca),
        profile.USER_AUTH_CA_X509: File(persona.user_auth_ca),
        profile.USER_AUTH_PIN: user_auth_pin,
        profile.SIGNING_PIN: signing_pin,
    }
    if user_auth.in_use is not None:
        objects[profile.USER_AUTH_X509] = File(user_auth.x509, user_auth_pin if android else None)
        objects[profile.USER_AUTH_KEY] = Key(user_auth.in_use.key, user_auth_pin)
    if signing.in_use is not None:
        objects[profile.SIGNING_X509] = File(signing.x509, signing_pin)
        objects[profile.SIGNING_KEY] = Key(signing.in_use.key, signing_pin)
    return objects


def _token_info(label: str) -> bytes:
    """A serialised PKCS#11 token description: label, maker, model and serial, then numbers that nobody reads."""
    texts = f"{label:<32}{'koufu':<32}{'virtual':<16}{'':<16}".encode("ascii")
    return texts.ljust(_TOKEN_INFO_BYTES, b"\0")
