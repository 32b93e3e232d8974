"""A folder of virtual cards and of the test CAs that issued them, so that keys stay the same between runs: PEM for keys
and X.509s, DER for lists of revoked ones, JSON for the rest. Test keys only, readable by their owner only."""

import json
import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from hardware.card.model import Usage
from hardware.card.virtual.authority import Authority, Entropy, Issuer
from hardware.card.virtual.certifier import CaseX509
from hardware.card.virtual.memory import CardMemory
from hardware.card.virtual.persona import Persona, PersonaKind
from hardware.card.virtual.written import issue_read, issue_told, memory_read, memory_told
from hardware.card.virtual.x509s import KeyAndX509, Revoked

FORMAT = 1
NUMBER = re.compile(r"0{7}\d{5}")
"""An individual number that can be nobody's: fictional ones begin with seven zeros."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""What a card may be called: its files are."""

_AUTHORITY = "authority.json"
_CARD = "card.json"
_MEMORY = "written.json"
_NUMBER = "individual-number"
_ISSUED = "issued.json"
_TERMINAL_KEY = "writing-terminal.key"
_OWNER_ONLY = 0o600


class FolderError(Exception):
    """The folder is not what it should be; the text says what to do."""


class CardFolder:
    """The folder at a path. Every method raises `FolderError` when it can't be read."""

    def __init__(self, path: Path) -> None:
        self._ca = path / "ca"
        self._cards = path / "cards"
        self._path = path

    def has_authority(self) -> bool:
        """Whether `keep_authority` was ever called here."""
        return (self._path / _AUTHORITY).exists()

    def keep_authority(self, authority: Authority) -> None:
        """Writes the hierarchy with what it took back."""
        for issuer in authority.issuers:
            _keep_pair(self._ca / issuer.name, issuer.ca)
        _keep_json(
            self._path / _AUTHORITY,
            {
                "format": FORMAT,
                "generations": max(issuer.generation for issuer in authority.issuers),
                "revoked": {
                    issuer.name: [
                        {"serial": f"{line.serial:x}", "since": line.since.isoformat()} for line in issuer.revoked
                    ]
                    for issuer in authority.issuers
                },
            },
        )

    def authority(self, entropy: Entropy) -> Authority:
        """The hierarchy kept here."""
        if not self.has_authority():
            raise FolderError(f"{self._path} holds no test CA: make one with koufu-card init {self._path}")
        kept = _json(self._path / _AUTHORITY)
        try:
            generations = range(1, int(kept["generations"]) + 1)
            issuers = tuple(self._issuer(usage, number, kept["revoked"]) for usage in Usage for number in generations)
        except (KeyError, TypeError, ValueError) as error:
            raise FolderError(f"{self._path / _AUTHORITY} is damaged: {error}") from error
        return Authority(issuers, entropy)

    def _issuer(self, usage: Usage, generation: int, revoked: dict[str, list[dict[str, str]]]) -> Issuer:
        issuer = Issuer(usage, generation, _pair(self._ca / f"{usage.value}-{generation}"))
        issuer.revoked.extend(
            Revoked(int(line["serial"], 16), datetime.fromisoformat(line["since"])) for line in revoked[issuer.name]
        )
        return issuer

    def write_crls(self, authority: Authority, now: datetime, lifetime: timedelta) -> tuple[Path, ...]:
        """Writes a fresh list of revoked X.509s of every CA; returns the files."""
        paths = []
        for issuer in authority.issuers:
            path = self._ca / f"{issuer.name}.crl"
            _replace(path, issuer.crl(now, lifetime))
            paths.append(path)
        return tuple(paths)

    def ca_files(self, authority: Authority) -> tuple[Path, ...]:
        """Where the X.509s of all CAs lie, as PEM."""
        return tuple(self._ca / f"{issuer.name}.pem" for issuer in authority.issuers)

    def require_free(self, name: str) -> None:
        """Refuses a name that is taken or can't be a folder's."""
        if not NAME.fullmatch(name):
            raise FolderError(f"a card is called by letters, digits, - and _, not {name!r}")
        if (self._cards / name).exists():
            raise FolderError(f"there is a card called {name} already")

    def keep_card(self, name: str, persona: Persona) -> Path:
        """Writes a card; returns its folder."""
        self.require_free(name)
        folder = self._cards / name
        for usage, pair in ((Usage.USER_AUTH, persona.user_auth), (Usage.SIGNING, persona.signing)):
            if pair is not None:
                _keep_pair(folder / usage.value, pair)
        for usage, ca in ((Usage.USER_AUTH, persona.user_auth_ca), (Usage.SIGNING, persona.signing_ca)):
            if ca:
                _replace(folder / f"{usage.value}-ca.der", ca)
        _keep_json(
            folder / _CARD,
            {"format": FORMAT, "kind": persona.kind.value, "pin": persona.pin, "signing_pin": persona.signing_pin},
        )
        return folder

    def card(self, name: str) -> Persona:
        """A card kept here."""
        folder = self._cards / name
        if not NAME.fullmatch(name) or not (folder / _CARD).exists():
            raise FolderError(f"there is no card called {name} in {self._path}")
        kept = _json(folder / _CARD)
        try:
            return Persona(
                kind=PersonaKind(kept["kind"]),
                pin=str(kept["pin"]),
                signing_pin=str(kept["signing_pin"]),
                user_auth=_pair_if_there(folder / Usage.USER_AUTH.value),
                user_auth_ca=_bytes_if_there(folder / f"{Usage.USER_AUTH.value}-ca.der"),
                signing=_pair_if_there(folder / Usage.SIGNING.value),
                signing_ca=_bytes_if_there(folder / f"{Usage.SIGNING.value}-ca.der"),
                number=_bytes_if_there(folder / _NUMBER).decode("ascii"),
            )
        except (KeyError, ValueError) as error:
            raise FolderError(f"{folder / _CARD} is damaged: {error}") from error

    def keep_number(self, name: str, number: str) -> None:
        """Puts a fictional individual number on a card. Refuses any that could be a person's."""
        if not NUMBER.fullmatch(number):
            raise FolderError("a test card takes only a number of twelve digits that begins with seven zeros")
        self.card(name)
        _replace(self._cards / name / _NUMBER, number.encode("ascii"), _OWNER_ONLY)

    def terminal_key(self) -> Ed25519PrivateKey:
        """The key of the simulated card-writing terminal, made where it is missing: whose signature the cards of this
        folder take for an operator's."""
        path = self._path / _TERMINAL_KEY
        if not path.exists():
            made = Ed25519PrivateKey.generate()
            _replace(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), _OWNER_ONLY)
        try:
            key = load_pem_private_key(path.read_bytes(), None)
        except (OSError, ValueError, TypeError) as error:
            raise FolderError(f"{path} can't be read: {error}") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise FolderError(f"{path} is no Ed25519 key")
        return key

    def keep_written(self, name: str, memory: CardMemory) -> None:
        """Keeps what is written on a card, in one file at once."""
        _keep_json(self._cards / name / _MEMORY, {"format": FORMAT, **memory_told(memory)}, _OWNER_ONLY)

    def written(self, name: str) -> CardMemory | None:
        """What was written on a card; None when nothing was."""
        path = self._cards / name / _MEMORY
        if not path.exists():
            return None
        try:
            return memory_read(_json(path))
        except (KeyError, TypeError, ValueError) as error:
            raise FolderError(f"{path} is damaged: {error}") from error

    def keep_issued(self, issued: tuple[CaseX509, ...]) -> None:
        """Keeps what the simulated issuer issued in cases."""
        _keep_json(self._path / _ISSUED, {"format": FORMAT, "issued": [issue_told(each) for each in issued]})

    def issued(self) -> tuple[CaseX509, ...]:
        """What the simulated issuer issued in cases."""
        path = self._path / _ISSUED
        if not path.exists():
            return ()
        try:
            return tuple(issue_read(each) for each in _json(path)["issued"])
        except (KeyError, TypeError, ValueError) as error:
            raise FolderError(f"{path} is damaged: {error}") from error

    def names(self) -> tuple[str, ...]:
        """All cards kept here, in order."""
        return tuple(sorted(path.parent.name for path in self._cards.glob(f"*/{_CARD}")))

    def x509_file(self, name: str) -> Path:
        """Where the user-authentication X.509 of a card lies, as PEM."""
        return self._cards / name / f"{Usage.USER_AUTH.value}.pem"


def _keep_pair(stem: Path, pair: KeyAndX509) -> None:
    key = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _replace(stem.with_suffix(".key"), key, _OWNER_ONLY)
    _replace(stem.with_suffix(".pem"), pair.x509.public_bytes(Encoding.PEM))


def _pair(stem: Path) -> KeyAndX509:
    try:
        key = load_pem_private_key(stem.with_suffix(".key").read_bytes(), None)
        holder = x509.load_pem_x509_certificate(stem.with_suffix(".pem").read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise FolderError(f"{stem}.key and {stem}.pem can't be read: {error}") from error
    if not isinstance(key, RSAPrivateKey):
        raise FolderError(f"{stem}.key is no RSA key")
    return KeyAndX509(key, holder)


def _pair_if_there(stem: Path) -> KeyAndX509 | None:
    return _pair(stem) if stem.with_suffix(".key").exists() else None


def _bytes_if_there(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _json(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise FolderError(f"{path} can't be read: {error}") from error
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise FolderError(f"{path} is of another format than {FORMAT}")
    return kept


def _keep_json(path: Path, content: dict[str, Any], mode: int = 0o644) -> None:
    _replace(path, (json.dumps(content, indent=1) + "\n").encode(), mode)


def _replace(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes a file so that a reader finds the old or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    with suppress(FileNotFoundError):
        half.unlink()
    half.touch(mode)
    half.write_bytes(content)
    half.rename(path)
