"""Opens what lies in a home, for a node and for every command: keys and database. It knows nothing of services, so that
a command starts fast."""

from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from sqlalchemy.engine import make_url

from certserver.composition.settings import ServerSettings, passphrase
from certserver.errors import ConfigurationError
from certserver.identity.subjects import SubjectKey
from certserver.ledger.nodes import FontFile, configuration_digest
from certserver.signing.keyfiles import read_key, read_secret
from certserver.signing.municipal import CentreKey, MunicipalKey
from certserver.signing.secrets import subkey
from certserver.storage.engine import Database, open_database


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What the three key files hold."""

    municipal: MunicipalKey
    directory: CentreKey
    secret: bytes

    @property
    def subjects(self) -> SubjectKey:
        """The key under which X.509s become subjects."""
        return SubjectKey(subkey(self.secret, "subjects"))


def open_keys(home: Path, settings: ServerSettings) -> Keys:
    """The keys of a home. Raises `ConfigurationError`."""
    opened_by = passphrase(home, settings)
    return Keys(
        municipal=MunicipalKey(read_key(home / settings.statement_key, opened_by)),
        directory=CentreKey(read_key(home / settings.directory_key, opened_by)),
        secret=read_secret(home / settings.storage_secret, opened_by),
    )


def open_storage(home: Path, settings: ServerSettings) -> Database:
    """The database of a home, whatever its schema."""
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        url = url.set(database=str(home / url.database))
    return open_database(url.render_as_string(hide_password=False))


def node_digest(home: Path, settings: ServerSettings, keys: Keys) -> bytes:
    """What the municipality must have allowed of this node. Raises `ConfigurationError` when a font can't be read."""
    topology = "one node" if settings.database.startswith("sqlite") else "several nodes"
    secret_check = subkey(keys.secret, "check")
    return configuration_digest(
        topology,
        keys.municipal.raw_public_key,
        keys.directory.public_key.public_bytes_raw(),
        secret_check,
        tuple(_font(home / font) for font in settings.value_fonts),
    )


def _font(path: Path) -> FontFile:
    try:
        with path.open("rb") as file:
            return FontFile(path.name, file_digest(file, "sha256").digest())
    except OSError as error:
        raise ConfigurationError(f"{path}, a font of value_fonts, can't be read: {error.strerror}") from error
