"""A terminal renews what it proves itself by, before that ends: with a new key, over the connection that the present
X.509 opened. The present one counts beside the new one until it ends or is revoked; a stopped terminal renews
nothing, and nobody does long before the end."""

from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from sqlalchemy import Connection

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.ledger.terminals import Way, add_x509, x509_of_key, x509s_of
from certserver.pipeline.admission import Caller, NotAdmitted, admission
from certserver.pipeline.terminals.parts import Declined, TerminalParts, Why
from certserver.signing.requests import key_hash, read_request
from koufu.der import MALFORMED_DER

RENEWABLE_S = 90 * 86_400
"""So long before the end an X.509 is renewed at the earliest: whoever stole a key has no second one for most of its
time. Terminals ask when 60 days are left."""


def renew(parts: TerminalParts, municipality: str, caller: Caller, request: bytes) -> bytes | Declined:
    """The X.509 (DER) for the requested key (PKCS#10, DER); asked again for the same key, the same one."""
    with parts.database.reading() as connection:
        declined = _against(connection, municipality, caller)
    if declined is not None:
        return declined
    with parts.database.writing() as connection, open_book(connection, municipality, caller.terminal) as book:
        done = _against(connection, municipality, caller) or _renewed(parts, connection, book, caller, request)
        _note(parts, book, caller, "renewal", done)
        return done


def introduce(parts: TerminalParts, municipality: str, caller: Caller, renewed: bytes) -> Declined | None:
    """Lets a terminal prove itself here too by the X.509 (DER) with which another municipality renewed the one it comes
    with. It must stand under the CA of this one's terminals, and be of the same name."""
    digest = sha256(renewed).digest()
    with parts.database.reading() as connection:
        declined = _against(connection, municipality, caller)
        known = x509s_of(connection, municipality, caller.terminal)
    # A terminal that was started anew shows it again: nothing is decided.
    if declined is not None or any(each.x509_hash == digest and each.revoked_at is None for each in known):
        return declined
    with parts.database.writing() as connection, open_book(connection, municipality, caller.terminal) as book:
        done = _against(connection, municipality, caller) or _introduced(parts, connection, book, caller, renewed)
        _note(parts, book, caller, "introduction", done)
        return done


def _renewed(
    parts: TerminalParts, connection: Connection, book: Book, caller: Caller, request: bytes
) -> bytes | Declined:
    municipality, now = book.state.municipality, parts.now()
    wanted = read_request(request)
    if wanted is None:
        return Declined(Why.REQUEST)
    if wanted.name != caller.terminal:
        return Declined(Why.OTHER_NAME)
    known = x509s_of(connection, municipality, caller.terminal)
    if key_hash(wanted.public_key) in {each.key_hash for each in known}:
        again = x509_of_key(connection, municipality, caller.terminal, key_hash(wanted.public_key))
        # A key that proved something before is no new one.
        return Declined(Why.REQUEST) if again is None or sha256(again).digest() == caller.x509_hash else again
    present = next(each for each in known if each.x509_hash == caller.x509_hash)
    if present.ends_at is not None and present.ends_at - now > RENEWABLE_S:
        return Declined(Why.TOO_EARLY)
    made = parts.ca.sign(wanted.name, wanted.public_key, parts.clock.now())
    if isinstance(made, Declined):
        return made
    ends_at = int(x509.load_der_x509_certificate(made).not_valid_after_utc.timestamp())
    if present.ends_at is not None and ends_at <= present.ends_at:
        return Declined(Why.CA_ENDS)
    add_x509(connection, municipality, caller.terminal, made, Way.RENEWED, now)
    return made


def _introduced(
    parts: TerminalParts, connection: Connection, book: Book, caller: Caller, renewed: bytes
) -> Declined | None:
    municipality = book.state.municipality
    known = x509s_of(connection, municipality, caller.terminal)
    digest = sha256(renewed).digest()
    there = next((each for each in known if each.x509_hash == digest), None)
    if there is not None:
        return Declined(Why.FOREIGN) if there.revoked_at is not None else None
    if not _is_of(parts, caller.terminal, renewed):
        return Declined(Why.FOREIGN)
    add_x509(connection, municipality, caller.terminal, renewed, Way.INTRODUCED, parts.now())
    return None


def _is_of(parts: TerminalParts, terminal: str, der: bytes) -> bool:
    """Whether an X.509 is a terminal's, of this name, under one of the CAs at hand, and counts now."""
    try:
        read = x509.load_der_x509_certificate(der)
        names = read.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        uses = read.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        key = read.public_key()
    except (*MALFORMED_DER, x509.ExtensionNotFound, x509.DuplicateExtension):
        return False
    of_it = [each.value for each in names] == [terminal] and ExtendedKeyUsageOID.CLIENT_AUTH in uses
    counts = read.not_valid_before_utc <= parts.clock.now() < read.not_valid_after_utc
    if not of_it or not counts or not isinstance(key, EllipticCurvePublicKey):
        return False
    return any(_issued_by(read, each) for each in x509.load_pem_x509_certificates(parts.ca.x509s))


def _issued_by(read: x509.Certificate, ca: x509.Certificate) -> bool:
    try:
        read.verify_directly_issued_by(ca)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _against(connection: Connection, municipality: str, caller: Caller) -> Declined | None:
    """An old build renews too: it must come back to be updated."""
    admitted = admission(connection, municipality, caller)
    return Declined(Why.NOT_ADMITTED) if isinstance(admitted, NotAdmitted) else None


def _note(parts: TerminalParts, book: Book, caller: Caller, what: str, done: bytes | Declined | None) -> None:
    detail: dict[str, str | int] = {"terminal": caller.terminal, "what": what}
    event = AuditEvent.TERMINAL_ENROLLED
    if isinstance(done, Declined):
        event = AuditEvent.TERMINAL_DECLINED
        detail["reason"] = done.reason.value
    book.note(AuditEntry(parts.now(), event, caller.terminal, detail))
