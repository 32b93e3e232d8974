"""The terminal's key and X.509 on disk, in two files. A pair takes the other's place so that a power cut leaves one
that belongs together; the key is made here and never leaves."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from kiosk.errors import ConfigurationError, ServerFault
from koufu.der import MALFORMED_DER

NEXT, FORMER = ".next", ".former"


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """A private key and its X.509, both PEM."""

    key: bytes
    x509: bytes

    def __repr__(self) -> str:
        return "<Pair>"


class X509Files:
    """The two files, those of the next pair until it is there, and those of the former one."""

    def __init__(self, key: Path, x509_file: Path) -> None:
        self._key, self._x509 = key, x509_file

    def exist(self) -> bool:
        """Whether the terminal has a key or an X.509."""
        return self._key.exists() or self._x509.exists()

    def present(self) -> Pair:
        """The pair that counts, after an exchange that a power cut broke off was ended. Raises `ConfigurationError`
        when there is none, or the two don't belong together."""
        try:
            pair = Pair(self._key.read_bytes(), self._x509.read_bytes())
            if not _fits(pair):
                pair = self._brought_together(pair)
        except OSError as error:
            raise ConfigurationError(f"{error.filename} can't be read: {error.strerror}") from error
        if not _fits(pair):
            raise ConfigurationError(f"the key in {self._key} is not that of the X.509 in {self._x509}")
        return pair

    def _brought_together(self, pair: Pair) -> Pair:
        """The two after an exchange that reached one file only, whichever: disks keep no order of their own."""
        key_file, x509_file = _beside(self._key, NEXT), _beside(self._x509, NEXT)
        if x509_file.exists() and _fits(Pair(pair.key, x509_file.read_bytes())):
            x509_file.replace(self._x509)
        elif key_file.exists() and _fits(Pair(key_file.read_bytes(), pair.x509)):
            key_file.replace(self._key)
        return Pair(self._key.read_bytes(), self._x509.read_bytes())

    def former(self) -> Pair | None:
        """The pair before the present one, None where there is none."""
        try:
            pair = Pair(_beside(self._key, FORMER).read_bytes(), _beside(self._x509, FORMER).read_bytes())
        except OSError:
            return None
        return pair if _fits(pair) else None

    def former_counts(self, now: int) -> bool:
        """Whether there is a former pair whose time (Unix seconds) is not over."""
        pair = self.former()
        return pair is not None and now < x509.load_pem_x509_certificate(pair.x509).not_valid_after_utc.timestamp()

    def ends_at(self) -> datetime:
        """When the present X.509 ends. Raises `ConfigurationError`."""
        return x509.load_pem_x509_certificate(self.present().x509).not_valid_after_utc

    def request(self, name: str) -> bytes:
        """A request (PKCS#10, DER) under this name for the next key, which is made the first time: whoever did not get
        the answer asks again for the same one. Raises `ConfigurationError` when it can't be written down."""
        file = _beside(self._key, NEXT)
        try:
            key = _key_in(file.read_bytes()) if file.exists() else None
            if key is None:
                key = generate_private_key(SECP256R1())
                _write(file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        except OSError as error:
            raise ConfigurationError(f"{file} can't be written: {error.strerror}") from error
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, SHA256())
        return request.public_bytes(Encoding.DER)

    def forget_next(self) -> None:
        """Another key is made for the next request. Raises `ConfigurationError` when the files can't be removed."""
        try:
            for file in (_beside(self._x509, NEXT), _beside(self._key, NEXT)):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise ConfigurationError(f"{error.filename} can't be removed: {error.strerror}") from error

    def keep(self, name: str, der: bytes) -> Pair:
        """Writes the next X.509 (DER) beside its key, and gives the pair, which does not count yet. Raises
        `ServerFault` when it is not of the next key and of this name, `ConfigurationError` when it can't be written
        down."""
        key_file, x509_file = _beside(self._key, NEXT), _beside(self._x509, NEXT)
        try:
            read = x509.load_der_x509_certificate(der)
            pair = Pair(key_file.read_bytes(), read.public_bytes(Encoding.PEM))
            names = [each.value for each in read.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
            if names != [name] or not _fits(pair):
                raise ServerFault("the X.509 that came is not the one that was asked for")
            _write(x509_file, pair.x509)
        except MALFORMED_DER as error:
            raise ServerFault("what came is no X.509") from error
        except OSError as error:
            raise ConfigurationError(f"{error.filename} can't be written: {error.strerror}") from error
        return pair

    def exchange(self, former: Pair) -> None:
        """Lets the former pair count again, and makes the present one the former, by the same steps as `take`. Raises
        `ConfigurationError` when it can't be written down."""
        try:
            _write(_beside(self._key, NEXT), former.key)
            _write(_beside(self._x509, NEXT), former.x509)
        except OSError as error:
            raise ConfigurationError(f"{error.filename} can't be written: {error.strerror}") from error
        self.take()

    def take(self) -> None:
        """Lets the next pair count, which was kept. Raises `ConfigurationError` when it can't be written down."""
        key_file, x509_file = _beside(self._key, NEXT), _beside(self._x509, NEXT)
        try:
            if self._key.exists() and self._x509.exists():
                _write(_beside(self._key, FORMER), self._key.read_bytes())
                _write(_beside(self._x509, FORMER), self._x509.read_bytes())
            # Between these two the next X.509 is still there, and `present` goes on from that.
            key_file.replace(self._key)
            _sync(self._key.parent)
            x509_file.replace(self._x509)
            _sync(self._x509.parent)
        except OSError as error:
            raise ConfigurationError(f"{error.filename} can't be written: {error.strerror}") from error


def _fits(pair: Pair) -> bool:
    try:
        key = load_pem_private_key(pair.key, None).public_key()
        of_x509 = x509.load_pem_x509_certificate(pair.x509).public_key()
    except (ValueError, TypeError):
        return False
    spki = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(*spki) == of_x509.public_bytes(*spki)


def _key_in(pem: bytes) -> EllipticCurvePrivateKey | None:
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError):
        return None
    return key if isinstance(key, EllipticCurvePrivateKey) else None


def _write(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    _sync(file.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(file: Path, what: str) -> Path:
    return file.with_name(file.name + what)
