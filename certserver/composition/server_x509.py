"""By what the server proves itself to terminals: when that ends, a new X.509 for the same key under the CA at hand, and
what replaced it on disk, for servers that run."""

import os
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from certserver.composition.settings import ServerSettings
from certserver.composition.terminals import terminal_ca
from certserver.errors import ConfigurationError
from certserver.ports import Clock
from certserver.service.server import TlsFiles
from certserver.signing.tls import KeyAndX509, hosts_of, sign_server_key

WARNED_BEFORE = timedelta(days=60)
RENEWED_BEFORE = timedelta(days=75)
"""Earlier than it is warned of: a warning says that somebody has to do something."""
CA_WARNED_BEFORE = timedelta(days=365)
"""Terminals have to be brought another CA before this one ends, and nothing under it ends later."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The server's X.509: for which hosts, until when, and until when the CAs of terminals count. `ca` signs another
    one, None where that is done elsewhere."""

    hosts: tuple[str, ...]
    ends_at: datetime
    cas_end_at: tuple[datetime, ...]
    ca: KeyAndX509 | None = field(repr=False)


def tls_files(home: Path, settings: ServerSettings) -> TlsFiles:
    """What the servers of a home prove themselves by. Raises `ConfigurationError`."""
    key_file, x509_file = home / settings.tls_key, home / settings.tls_x509
    try:
        files = TlsFiles(key_file.read_bytes(), x509_file.read_bytes(), (home / settings.tls_client_ca).read_bytes())
    except OSError as error:
        raise ConfigurationError(f"can't read {error.filename}: {error.strerror}; settings.toml names it") from error
    if not _fits(files):
        raise ConfigurationError(f"the key in {key_file} is not that of the first X.509 in {x509_file}, both PEM")
    return files


def server_x509(home: Path, settings: ServerSettings) -> Standing:
    """How it stands. Raises `ConfigurationError`."""
    present = x509.load_pem_x509_certificate(tls_files(home, settings).x509_chain)
    cas = terminal_ca(home, settings)
    known = x509.load_pem_x509_certificates(cas.x509s)
    own = cas.signs_with if cas.signs_with is not None and _is_under(present, cas.signs_with) else None
    return Standing(hosts_of(present), present.not_valid_after_utc, tuple(ca.not_valid_after_utc for ca in known), own)


def ending_soon(home: Path, settings: ServerSettings, now: datetime) -> tuple[tuple[str, int], ...]:
    """What somebody has to do something about: `server-x509` or `ca`, each with its end in Unix seconds. Nothing where
    the files can't be read: then no server begins either, and says so. No key is opened."""
    try:
        server = x509.load_pem_x509_certificate((home / settings.tls_x509).read_bytes())
        cas = x509.load_pem_x509_certificates((home / settings.tls_client_ca).read_bytes())
    except (OSError, ValueError):
        return ()
    ends_at = server.not_valid_after_utc
    found = [("server-x509", ends_at)] if ends_at - now < WARNED_BEFORE else []
    found += [("ca", ca.not_valid_after_utc) for ca in cas if ca.not_valid_after_utc - now < CA_WARNED_BEFORE]
    return tuple((what, int(end.timestamp())) for what, end in found)


def renew(home: Path, settings: ServerSettings, clock: Clock, hosts: tuple[str, ...] = ()) -> Standing:
    """Another X.509 for the same key, and the same hosts unless others are named, in place of the present one; servers
    that run take it at their next connection. Raises `ConfigurationError` where it stands under no CA at hand, or the
    new one would end no later."""
    before = server_x509(home, settings)
    file = home / settings.tls_x509
    if before.ca is None:
        raise ConfigurationError(f"{file} stands under no CA whose key is here: bring another one, and its key")
    key = load_pem_private_key((home / settings.tls_key).read_bytes(), None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise ConfigurationError(f"{home / settings.tls_key} holds another kind of key than `koufu-server init` makes")
    made = sign_server_key(before.ca, hosts or before.hosts, key.public_key(), clock.now())
    after = x509.load_pem_x509_certificate(made)
    if after.not_valid_after_utc <= before.ends_at and not hosts:
        raise ConfigurationError("the CA itself ends: terminals need another one before the server can have")
    _replace(file, made)
    return server_x509(home, settings)


def renew_when_due(home: Path, settings: ServerSettings, clock: Clock) -> datetime | None:
    """Renews it near its end where that can be done here; the new end, None where nothing was done. Raises
    `ConfigurationError`."""
    before = server_x509(home, settings)
    if before.ca is None or before.ends_at - clock.now() > RENEWED_BEFORE:
        return None
    return renew(home, settings, clock).ends_at


class TlsOnDisk:
    """What a server began with, and whatever takes its place on disk while it runs. The CA of terminals stays: which
    one counts is allowed for a node when it starts (I8)."""

    def __init__(self, home: Path, settings: ServerSettings) -> None:
        self._key, self._x509 = home / settings.tls_key, home / settings.tls_x509
        self._seen = self._now_there()
        self.first = tls_files(home, settings)

    def newer(self) -> TlsFiles | None:
        """What is there now, if it is another than was seen last and its two files belong together. Asked with each
        connection, by any thread."""
        try:
            there = self._now_there()
            if there == self._seen:
                return None
            files = TlsFiles(self._key.read_bytes(), self._x509.read_bytes(), self.first.client_ca)
        except OSError:
            return None
        if not _fits(files):
            # One of two files is there: the other one comes.
            return None
        self._seen = there
        return files

    def _now_there(self) -> tuple[tuple[int, int, int], ...]:
        found = (file.stat() for file in (self._key, self._x509))
        return tuple((each.st_ino, each.st_mtime_ns, each.st_size) for each in found)


def _fits(files: TlsFiles) -> bool:
    spki = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    try:
        key = load_pem_private_key(files.key, None).public_key()
        of_x509 = x509.load_pem_x509_certificate(files.x509_chain).public_key()
    except (ValueError, TypeError):
        return False
    return key.public_bytes(*spki) == of_x509.public_bytes(*spki)


def _is_under(present: x509.Certificate, ca: KeyAndX509) -> bool:
    try:
        present.verify_directly_issued_by(x509.load_pem_x509_certificate(ca.x509))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _replace(file: Path, content: bytes) -> None:
    """In one step: a server that starts meanwhile finds the one or the other."""
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(descriptor, "wb") as writing:
        writing.write(content)
        writing.flush()
        os.fsync(writing.fileno())
    Path(beside).replace(file)
