"""X.509s for mutual TLS from a development CA: valid one year, P-256, never longer than the CA. For real service the
municipality's own take their place."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certserver.errors import ConfigurationError

LIFETIME = timedelta(days=365)
CA_LIFETIME = timedelta(days=3653)
"""What stands under it is renewed before its end; it itself is not."""
_CLOCK_SKEW = timedelta(minutes=5)
_CA_NAME = "koufu development CA"


@dataclass(frozen=True, slots=True, repr=False)
class KeyAndX509:
    """A private key and its X.509, both PEM."""

    key: bytes
    x509: bytes

    def __repr__(self) -> str:
        return "<KeyAndX509>"


def make_ca(now: datetime) -> KeyAndX509:
    """A development CA."""
    key = generate_private_key(SECP256R1())
    builder = (
        _builder(_name(_CA_NAME), _name(_CA_NAME), key.public_key(), now, now + CA_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_x509s=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return KeyAndX509(_pem(key), builder.sign(key, SHA256()).public_bytes(Encoding.PEM))


def make_server_x509(ca: KeyAndX509, hosts: tuple[str, ...], now: datetime) -> KeyAndX509:
    """A server's key and X.509 for host names and addresses."""
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    return _make_leaf(ca, hosts[0], ExtendedKeyUsageOID.SERVER_AUTH, names, now)


def sign_server_key(ca: KeyAndX509, hosts: tuple[str, ...], public_key: EllipticCurvePublicKey, now: datetime) -> bytes:
    """Another X.509 (PEM) for a server's key. Raises `ConfigurationError` as `sign_terminal_key`."""
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    signed = _sign_leaf(ca, hosts[0], ExtendedKeyUsageOID.SERVER_AUTH, names, public_key, now)
    return signed.public_bytes(Encoding.PEM)


def hosts_of(server: x509.Certificate) -> tuple[str, ...]:
    """The host names and addresses of a server's X.509, in its order."""
    try:
        names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(str(name.value) for name in names if isinstance(name, (x509.DNSName, x509.IPAddress)))


def make_terminal_x509(ca: KeyAndX509, terminal: str, now: datetime) -> KeyAndX509:
    """A terminal's key and X.509; its common name is the terminal id."""
    names = x509.SubjectAlternativeName([x509.DNSName(terminal)])
    return _make_leaf(ca, terminal, ExtendedKeyUsageOID.CLIENT_AUTH, names, now)


def sign_terminal_key(ca: KeyAndX509, terminal: str, public_key: EllipticCurvePublicKey, now: datetime) -> bytes:
    """The X.509 (DER) of a terminal that made its key itself. Raises `ConfigurationError` when the CA's key is another
    kind of key, or its time is over."""
    names = x509.SubjectAlternativeName([x509.DNSName(terminal)])
    signed = _sign_leaf(ca, terminal, ExtendedKeyUsageOID.CLIENT_AUTH, names, public_key, now)
    return signed.public_bytes(Encoding.DER)


def _make_leaf(
    ca: KeyAndX509, name: str, use: x509.ObjectIdentifier, names: x509.SubjectAlternativeName, now: datetime
) -> KeyAndX509:
    key = generate_private_key(SECP256R1())
    signed = _sign_leaf(ca, name, use, names, key.public_key(), now)
    return KeyAndX509(_pem(key), signed.public_bytes(Encoding.PEM))


def _sign_leaf(
    ca: KeyAndX509,
    name: str,
    use: x509.ObjectIdentifier,
    names: x509.SubjectAlternativeName,
    public_key: EllipticCurvePublicKey,
    now: datetime,
) -> x509.Certificate:
    ca_key = load_pem_private_key(ca.key, None)
    if not isinstance(ca_key, EllipticCurvePrivateKey):
        raise ConfigurationError("the development CA has another kind of key than `koufu-server init` makes")
    ca_x509 = x509.load_pem_x509_certificate(ca.x509)
    ends_at = min(now + LIFETIME, ca_x509.not_valid_after_utc)
    if ends_at <= now:
        raise ConfigurationError("the time of the CA is over: what it signs would be taken by nobody")
    builder = (
        _builder(_name(name), ca_x509.subject, public_key, now, ends_at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_x509s=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
    )
    return builder.sign(ca_key, SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: EllipticCurvePublicKey, now: datetime, ends_at: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(ends_at)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _usage(*, signs_x509s: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_x509s,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_x509s,
        crl_sign=signs_x509s,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
