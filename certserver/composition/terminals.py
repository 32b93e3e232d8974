"""Reads the CA that terminals of a home stand under, and its key where that is here."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from certserver.composition.settings import ServerSettings
from certserver.errors import ConfigurationError
from certserver.pipeline.terminals.parts import TerminalCa
from certserver.signing.requests import key_hash
from certserver.signing.tls import KeyAndX509


def terminal_ca(home: Path, settings: ServerSettings) -> TerminalCa:
    """The CA of a home. Raises `ConfigurationError` when its key is of none of the X.509s that count."""
    file = home / settings.tls_client_ca
    try:
        x509s = file.read_bytes()
        known = x509.load_pem_x509_certificates(x509s)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{file} holds no X.509 of a CA in PEM; settings.toml names it") from error
    try:
        key = (home / settings.tls_ca_key).read_bytes()
    except FileNotFoundError:
        return TerminalCa(x509s)
    try:
        signing = load_pem_private_key(key, None)
    except (ValueError, TypeError) as error:
        raise ConfigurationError(f"{home / settings.tls_ca_key} holds no private key in PEM") from error
    if not isinstance(signing, EllipticCurvePrivateKey):
        raise ConfigurationError(f"{home / settings.tls_ca_key} holds another kind of key than one on a curve")
    of_key = key_hash(signing.public_key())
    for each in known:
        if key_hash(each.public_key()) == of_key:
            return TerminalCa(x509s, KeyAndX509(key, each.public_bytes(Encoding.PEM)))
    raise ConfigurationError(f"{home / settings.tls_ca_key} is the key of no CA in {file}")
