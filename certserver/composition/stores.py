"""Opens what lies in a home, for a node and for every command: keys and database. It knows nothing of services, so that
a command starts fast."""

from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from threading import Lock

from sqlalchemy.engine import make_url

from certserver.composition.clock import system_entropy
from certserver.composition.settings import ServerSettings, passphrase, token_pin
from certserver.composition.terminals import terminal_ca
from certserver.errors import ConfigurationError
from certserver.identity.subjects import SubjectKey
from certserver.ledger.nodes import FontFile, configuration_digest
from certserver.signing.file_store import FileStore
from certserver.signing.keyfiles import STORAGE_SECRET, read_secret
from certserver.signing.municipal import CentreKey
from certserver.signing.secrets import subkey
from certserver.signing.signers import KeyStore
from certserver.storage.engine import Database, open_database


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What signs and what encrypts: the place that keeps the Ed25519 keys, the issuance centre's of them, and the
    storage secret."""

    store: KeyStore
    centre: CentreKey
    secret: bytes

    @property
    def subjects(self) -> SubjectKey:
        """The key under which X.509s become subjects."""
        return SubjectKey(subkey(self.secret, "subjects"))


def open_keys(home: Path, settings: ServerSettings) -> Keys:
    """The keys of a home. Raises `ConfigurationError`."""
    store = open_key_store(home, settings)
    file = home / settings.centre_key
    try:
        raw = bytes.fromhex(file.read_text().strip())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{file} holds no public key in hex. Was `koufu-server init` run?") from error
    secret = read_secret(home / settings.storage_secret, passphrase(home, settings), STORAGE_SECRET)
    return Keys(store, CentreKey(store.open(raw)), secret)


def open_key_store(home: Path, settings: ServerSettings) -> KeyStore:
    """The place that keeps the Ed25519 keys. Raises `ConfigurationError`."""
    if not settings.pkcs11_module:
        return FileStore(home / settings.keys, passphrase(home, settings), system_entropy)
    # Only who has an HSM loads what speaks to it.
    from certserver.signing.token_store import TokenStore

    return TokenStore(settings.pkcs11_module, settings.pkcs11_token, token_pin(), Lock())


def open_storage(home: Path, settings: ServerSettings) -> Database:
    """The database of a home, whatever its schema."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        url = url.set(database=str(home / url.database))
    return open_database(url.render_as_string(hide_password=False))


def node_digest(home: Path, settings: ServerSettings, keys: Keys) -> bytes:
    """What the municipality must have allowed of this node. Raises `ConfigurationError` when a font or the CA of
    terminals can't be read."""
    topology = "one node" if settings.database.startswith("sqlite") else "several nodes"
    secret_check = subkey(keys.secret, "check")
    return configuration_digest(
        topology,
        keys.centre.public_key.public_bytes_raw(),
        secret_check,
        terminal_ca(home, settings).fingerprints(),
        tuple(_font(home / font) for font in settings.value_fonts),
    )


def _font(path: Path) -> FontFile:
    try:
        with path.open("rb") as file:
            return FontFile(path.name, file_digest(file, "sha256").digest())
    except OSError as error:
        raise ConfigurationError(f"{path}, a font of value_fonts, can't be read: {error.strerror}") from error
