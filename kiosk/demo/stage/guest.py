"""The card on the machine's own reader as a guest of the demonstration. A scripted PIN must never go to a card that is
not of the test hierarchy."""

from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID

from hardware.card.jpki import read_facts
from hardware.card.model import CardReader
from hardware.errors import CardError
from kiosk.demo.stage.site import Guest
from kiosk.errors import ConfigurationError

TEST_ISSUER = "JPKI-TEST"


def guest_on(reader: CardReader, authority: Path, *, scripted: bool) -> Guest:
    """The card on this reader; `authority` is a folder with the X.509s and CRLs of who may have issued it.

    Raises `ConfigurationError` when there is no card, or when a scripted PIN would go to a card that is not of the test
    hierarchy: any other card waits for a person at the PIN pad."""
    found = _user_auth_x509(reader)
    if scripted and not is_test_card(found):
        raise ConfigurationError(
            f"this card's X.509 was not issued by O={TEST_ISSUER}, so no scripted PIN is sent to it. "
            "Run the demonstration on a display: it asks the person at the PIN pad."
        )
    issuers, crls = tuple(sorted(authority.glob("user-auth-*.pem"))), tuple(sorted(authority.glob("user-auth-*.crl")))
    if not issuers or not crls:
        raise ConfigurationError(
            f"{authority} holds no user-auth-*.pem and user-auth-*.crl of who issued this card: name their folder with "
            "KOUFU_CARD_CA, or put a test card of `koufu-card --pcsc` on the reader"
        )
    return Guest(found, issuers, crls)


def is_test_card(user_auth_x509: bytes) -> bool:
    """Whether the X.509 (DER) names the test hierarchy, and nothing else, as its issuer's organisation."""
    try:
        issuer = x509.load_der_x509_certificate(user_auth_x509).issuer
    except ValueError:
        return False
    return [name.value for name in issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)] == [TEST_ISSUER]


def _user_auth_x509(reader: CardReader) -> bytes:
    try:
        connection = reader.connect()
        try:
            found = read_facts(connection).user_auth_x509
        finally:
            connection.close()
    except CardError as error:
        raise ConfigurationError(f"no card could be read on the first PC/SC reader: {error}") from error
    if found is None:
        raise ConfigurationError("the card on the first PC/SC reader shows no X.509 without a PIN: it can't be linked")
    return found
