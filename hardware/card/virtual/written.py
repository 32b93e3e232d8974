"""What is written on a virtual card, and what a simulated issuer issued, as JSON and back: PEM for keys, hexadecimal
DER for X.509s. Test keys and fictional PINs only."""

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from hardware.card.model import Usage
from hardware.card.virtual.certifier import CaseX509
from hardware.card.virtual.memory import CardMemory, Pair, PinState, Slot
from hardware.card.virtual.x509s import KeyAndX509
from hardware.card.writing.commands import Beside


def memory_told(memory: CardMemory) -> dict[str, Any]:
    """A card's memory."""
    return {
        "pairs": {usage.value: _pair_told(pair) for usage, pair in memory.pairs.items()},
        "pins": {usage.value: [pin.digits.decode("ascii"), pin.tries_left] for usage, pin in memory.pins.items()},
        "face_auth": memory.face_auth,
        "lines": memory.lines,
        "annotations": memory.annotations,
    }


def memory_read(told: dict[str, Any]) -> CardMemory:
    """A card's memory. Raises `KeyError`, `TypeError` or `ValueError` when it is damaged."""
    pins = {}
    for usage in Usage:
        digits, left = told["pins"][usage.value]
        pins[usage] = PinState.of(digits, usage)
        pins[usage].tries_left = int(left)
    return CardMemory(
        pairs={usage: _pair_read(told["pairs"][usage.value]) for usage in Usage},
        pins=pins,
        face_auth=bool(told["face_auth"]),
        lines=int(told["lines"]),
        annotations=[str(line) for line in told["annotations"]],
    )


def issue_told(issue: CaseX509) -> dict[str, str]:
    """One X.509 that was issued in a case."""
    der = issue.leaf.public_bytes(Encoding.DER).hex()
    return {"x509": der, "case": issue.case, "usage": issue.usage.value, "holder": issue.holder}


def issue_read(told: dict[str, str]) -> CaseX509:
    """The same back. Raises as `memory_read`."""
    leaf = x509.load_der_x509_certificate(bytes.fromhex(told["x509"]))
    return CaseX509(leaf, told["case"], Usage(told["usage"]), told["holder"])


def _pair_told(pair: Pair) -> dict[str, Any]:
    return {
        "key": _key_told(None if pair.in_use is None else pair.in_use.key),
        "x509": pair.x509.hex(),
        "beside": {
            "state": pair.beside.state.value,
            "key": _key_told(pair.beside.key),
            "content": pair.beside.content.hex(),
        },
    }


def _pair_read(told: dict[str, Any]) -> Pair:
    key, beside = _key_read(told["key"]), told["beside"]
    in_use = None
    if key is not None:
        in_use = KeyAndX509(key, x509.load_der_x509_certificate(bytes.fromhex(told["x509"])))
    slot = Slot(Beside(beside["state"]), _key_read(beside["key"]), bytes.fromhex(beside["content"]))
    return Pair(in_use, slot)


def _key_told(key: RSAPrivateKey | None) -> str:
    if key is None:
        return ""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def _key_read(told: str) -> RSAPrivateKey | None:
    if not told:
        return None
    # Written here by the card that made it: to prove its primes at every start would take longer than all the rest.
    key = load_pem_private_key(told.encode("ascii"), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("a card's key is no RSA key")
    return key
