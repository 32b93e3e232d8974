"""What an operator sets for one server node: a TOML file in its home, overruled by KOUFU_SERVER_… in the environment.
It holds no secret, only where secrets are."""

import json
import os
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from typing_extensions import override

from certserver.errors import ConfigurationError

SETTINGS_FILE = "settings.toml"
PASSPHRASE_VARIABLE = "KOUFU_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable
PASSPHRASE_FILE_VARIABLE = "KOUFU_KEY_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable

PIN_VARIABLE = "KOUFU_PKCS11_PIN"
PIN_FILE_VARIABLE = "KOUFU_PKCS11_PIN_FILE"


class ServerSettings(BaseSettings):
    """Every setting of a server node. Paths are relative to the home."""

    model_config = SettingsConfigDict(env_prefix="KOUFU_SERVER_", extra="forbid", frozen=True)

    municipality: Annotated[str, Field(pattern=r"^[0-9]{6}$", description="Code of the municipality, 6 digits.")]
    database: Annotated[
        str, Field(description="sqlite:///FILE (this node alone) or postgresql+psycopg://… (several nodes).")
    ] = "sqlite:///koufu.db"
    listen: Annotated[str, Field(description="host:port that kiosks reach; port 0 takes any.")] = "127.0.0.1:8443"
    public_address: Annotated[str, Field(description="host:port as the directory tells it to kiosks.")] = (
        "localhost:8443"
    )
    enrolment_listen: Annotated[
        str,
        Field(
            description="host:port where terminals enrol with a one-time code; the one port without client X.509s. "
            "Empty: none can."
        ),
    ] = ""
    workers: Annotated[int, Field(ge=1, le=64, description="Worker processes that share the port.")] = 2
    threads: Annotated[int, Field(ge=1, le=64, description="Calls that one worker serves at once.")] = 8
    metrics: Annotated[
        str, Field(description="host:port for Prometheus; worker n takes port + n. Empty: no metrics.")
    ] = ""
    tls_key: Annotated[Path, Field(description="PEM of the server's TLS key.")] = Path("tls/server.key")
    tls_x509: Annotated[Path, Field(description="PEM of the server's TLS X.509 and what it stands under.")] = Path(
        "tls/server.pem"
    )
    tls_client_ca: Annotated[Path, Field(description="PEM of the CA that terminals' X.509s stand under.")] = Path(
        "tls/ca.pem"
    )
    tls_ca_key: Annotated[
        Path,
        Field(description="PEM of that CA's key, for X.509s made here. Without the file they are made elsewhere."),
    ] = Path("tls/ca.key")
    keys: Annotated[Path, Field(description="Folder of the encrypted Ed25519 keys, each under its key id.")] = Path(
        "keys"
    )
    centre_key: Annotated[Path, Field(description="Raw public key of the issuance centre, in hex.")] = Path(
        "keys/directory.pub"
    )
    pkcs11_module: Annotated[
        str, Field(description="Library of the HSM that keeps the Ed25519 keys, in place of files. Empty: files.")
    ] = ""
    pkcs11_token: Annotated[
        str, Field(description=f"Label of its token; its PIN is in {PIN_VARIABLE} or the file {PIN_FILE_VARIABLE}.")
    ] = ""
    storage_secret: Annotated[Path, Field(description="Secret for subjects and for what is stored encrypted.")] = Path(
        "keys/storage.secret"
    )
    passphrase_file: Annotated[
        Path,
        Field(description=f"Opens keys and secret; {PASSPHRASE_FILE_VARIABLE} or {PASSPHRASE_VARIABLE} go before it."),
    ] = Path("keys/passphrase")
    value_fonts: Annotated[
        tuple[Path, ...],
        Field(description="TrueType fonts behind IPAmj Mincho: a character comes from the first that has it."),
    ] = ()
    staff_idle_s: Annotated[
        # A terminal says every two minutes that somebody is there: less would end sessions of those who work.
        int,
        Field(ge=300, le=3600, description="Seconds after which staff at a counter who touch nothing sign in anew."),
    ] = 600
    staff_longest_s: Annotated[
        int, Field(ge=300, le=86_400, description="Seconds after which staff at a counter sign in anew in any case.")
    ] = 43_200
    console_idle_s: Annotated[
        int,
        Field(ge=60, le=3600, description="Seconds after which officers at the console who ask nothing sign in anew."),
    ] = 900
    console_longest_s: Annotated[
        int,
        Field(ge=300, le=86_400, description="Seconds after which officers at the console sign in anew in any case."),
    ] = 36_000
    deliveries: Annotated[
        str,
        Field(description="Where the core system puts its deliveries, a folder each, for the console; empty: nowhere."),
    ] = ""
    simulated_parties: Annotated[
        # Personal data go there without TLS: it never leaves the machine.
        str,
        Field(
            pattern=r"^((127\.0\.0\.1|localhost):[0-9]{1,5})?$",
            description="host:port of `koufu-simulators` on this machine, in place of card maker, resident network and "
            "mail. Empty: nobody is asked, and an approved application waits.",
        ),
    ] = ""
    audit_heads: Annotated[
        Path, Field(description="Where signed heads of the audit log are kept; best on another disk.")
    ] = Path("audit-heads.log")

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file, and there are no other sources."""
        return env_settings, init_settings


def load_settings(home: Path) -> ServerSettings:
    """The settings of a home. Raises `ConfigurationError` that names each setting that is wrong."""
    file = home / SETTINGS_FILE
    try:
        return ServerSettings(**tomllib.loads(file.read_text()))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{home} is no home of a server: run `koufu-server init --home {home} --municipality CODE`"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} is not TOML: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise ConfigurationError(f"{file} does not hold together: {wrong}") from error


def settings_file(municipality: str) -> str:
    """A settings file with every setting at its default and what it means."""
    lines = []
    for name, field in ServerSettings.model_fields.items():
        value = municipality if field.is_required() else field.default
        text = str(value) if isinstance(value, int) else json.dumps(value, default=str)
        lines += [f"# {field.description}", f"{name} = {text}", ""]
    return "\n".join(lines)


def passphrase(home: Path, settings: ServerSettings) -> bytes:
    """What opens the keys. Raises `ConfigurationError` when it is nowhere."""
    return _from_outside(
        PASSPHRASE_VARIABLE, PASSPHRASE_FILE_VARIABLE, home / settings.passphrase_file, "passphrase of the keys"
    )


def token_pin() -> str:
    """The PIN of the PKCS#11 token. Raises `ConfigurationError` when it is nowhere."""
    return _from_outside(PIN_VARIABLE, PIN_FILE_VARIABLE, None, "PIN of the PKCS#11 token").decode()


def _from_outside(variable: str, file_variable: str, usual: Path | None, what: str) -> bytes:
    """A secret from the environment or from a file that it names, such as a credential of systemd. There is no option
    for it: whoever is on the machine reads the command line of every process."""
    if direct := os.environ.get(variable):
        return direct.encode()
    named = os.environ.get(file_variable)
    file = Path(named) if named else usual
    if file is None:
        raise ConfigurationError(f"the {what} is nowhere: set {file_variable}")
    try:
        content = file.read_bytes().strip()
    except OSError as error:
        raise ConfigurationError(f"the {what} is not in {file}: {error.strerror}. Set {file_variable}") from error
    if not content:
        raise ConfigurationError(f"the {what} in {file} is empty")
    return content
