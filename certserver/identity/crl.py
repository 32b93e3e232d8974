"""Lists of revoked X.509s (CRLs). A list is taken apart once, when it is added; a request asks for one keyed row and
for the list's dates, never for a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import CRLEntryExtensionOID, ExtensionOID
from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from certserver.errors import ConfigurationError
from certserver.identity.policy import JPKI, IdentityPolicy
from certserver.identity.subjects import SubjectKey, subject_maker
from certserver.identity.trust import read_anchors
from certserver.identity.x509 import (
    MALFORMED,
    Anchor,
    Extensions,
    extensions_of,
    scope_of,
    serial_bytes,
    stated_issuer_key,
)
from certserver.ports import unix
from certserver.storage.identity import crls, revoked_subjects

MAX_CRL = 128 * 1024 * 1024
"""Bytes of a CRL that are looked at: some three million entries."""

_BATCH = 10_000

_ENTRY = and_(
    revoked_subjects.c.municipality == bindparam("of_municipality"),
    revoked_subjects.c.list_no == bindparam("of_list"),
)
_READ_ENTRIES = select(revoked_subjects.c.subject).where(
    _ENTRY, revoked_subjects.c.on_hold == bindparam("whether_on_hold")
)
_DELETE_ENTRY = delete(revoked_subjects).where(_ENTRY, revoked_subjects.c.subject == bindparam("of_subject"))
_INSERT_ENTRY = insert(revoked_subjects)


@dataclass(frozen=True, slots=True, repr=False)
class CheckedCrl:
    """A list that a trusted issuer signed and that may be in force now, taken apart: `subjects` stand for its entries,
    `on_hold` for those of them that are suspended only (RFC 5280, 5.3.1: certificateHold), `scope` for its distribution
    point."""

    issuer_key_id: bytes
    scope: bytes
    this_update: datetime
    next_update: datetime
    subjects: frozenset[bytes]
    on_hold: frozenset[bytes]

    def __repr__(self) -> str:
        return f"<CheckedCrl of {len(self.subjects)}>"


def read_crl(
    connection: Connection,
    key: SubjectKey,
    municipality: str,
    file: bytes,
    now: datetime,
    policy: IdentityPolicy = JPKI,
) -> CheckedCrl:
    """Checks a list (DER or PEM) and takes it apart; some seconds for a million entries, so not under a write lock.
    Raises `ConfigurationError` when no trusted issuer signed it, when its time is over, or when it is a kind of list
    that does not tell everything."""
    if len(file) > MAX_CRL:
        raise ConfigurationError(f"a CRL has at most {MAX_CRL} bytes")
    try:
        is_pem = file[:100].lstrip().startswith(b"-----BEGIN")
        crl = x509.load_pem_x509_crl(file) if is_pem else x509.load_der_x509_crl(file)
        extensions = extensions_of(crl.extensions)
        issuer = _issuer_of(crl, extensions, read_anchors(connection, municipality), policy)
        _check_extensions(crl)
        this_update, next_update = _times(crl, now, policy)
        subject = subject_maker(key, municipality, issuer.key_id)
        return CheckedCrl(
            issuer_key_id=issuer.key_id,
            scope=_scope_of_list(extensions),
            this_update=this_update,
            next_update=next_update,
            subjects=frozenset(subject(serial_bytes(entry.serial_number)) for entry in crl),
            on_hold=frozenset(subject(serial_bytes(entry.serial_number)) for entry in crl if _is_on_hold(entry)),
        )
    except MALFORMED as error:
        raise ConfigurationError("this file is no CRL in DER or PEM") from error


def enter_crl(connection: Connection, municipality: str, crl: CheckedCrl, now: datetime) -> None:
    """Puts a list in force in place of the former one of its issuer and distribution point. Raises
    `ConfigurationError` when it is older than that one."""
    which = {"of_municipality": municipality, "of_list": _enter_list(connection, municipality, crl, now)}
    listed = {False: crl.subjects - crl.on_hold, True: crl.on_hold}
    known = {held: frozenset(connection.scalars(_READ_ENTRIES, which | {"whether_on_hold": held})) for held in listed}
    # Only what differs is written: a day's list of a million entries has a few hundred new ones.
    for held, entries in listed.items():
        for batch in _batches(known[held] - entries):
            connection.execute(_DELETE_ENTRY, [which | {"of_subject": entry} for entry in batch])
    for held, entries in listed.items():
        of_list = {"municipality": municipality, "list_no": which["of_list"], "on_hold": held}
        for batch in _batches(entries - known[held]):
            connection.execute(_INSERT_ENTRY, [of_list | {"subject": entry} for entry in batch])


def _is_on_hold(entry: x509.RevokedCertificate) -> bool:
    reason = extensions_of(entry.extensions).get(CRLEntryExtensionOID.CRL_REASON)
    return isinstance(reason, x509.CRLReason) and reason.reason is x509.ReasonFlags.certificate_hold


def _check_extensions(crl: x509.CertificateRevocationList) -> None:
    """RFC 5280, 5.2: a list with a critical extension that one does not understand must not be used. Delta lists have
    such an extension."""
    for extension in crl.extensions:
        if extension.critical and extension.oid != ExtensionOID.ISSUING_DISTRIBUTION_POINT:
            raise ConfigurationError(f"a CRL with the critical extension {extension.oid.dotted_string} can't be used")


def _scope_of_list(extensions: Extensions) -> bytes:
    point = extensions.get(ExtensionOID.ISSUING_DISTRIBUTION_POINT)
    if not isinstance(point, x509.IssuingDistributionPoint):
        return b""
    if (
        point.only_contains_ca_certs
        or point.only_contains_attribute_certs
        or point.indirect_crl
        or point.only_some_reasons
    ):
        raise ConfigurationError("this CRL does not tell of every revoked X.509 of its issuer's holders")
    scope = scope_of(point.full_name)
    if not scope and (point.full_name or point.relative_name):
        raise ConfigurationError("the distribution point of this CRL has neither a directory name nor an address")
    return scope


def _issuer_of(
    crl: x509.CertificateRevocationList, extensions: Extensions, anchors: tuple[Anchor, ...], policy: IdentityPolicy
) -> Anchor:
    """The trusted issuer whose key signed the list: all generations of an issuer have one name."""
    if crl.signature_algorithm_oid.dotted_string in policy.issuer_signatures:
        stated = stated_issuer_key(extensions)
        for anchor in anchors:
            key = anchor.x509.public_key()
            if (
                isinstance(key, RSAPublicKey)
                and stated in (None, anchor.key_identifier)
                and crl.issuer == anchor.x509.subject
                and crl.is_signature_valid(key)
            ):
                return anchor
    raise ConfigurationError("no trusted issuer signed this CRL; trust the issuer first")


def _times(crl: x509.CertificateRevocationList, now: datetime, policy: IdentityPolicy) -> tuple[datetime, datetime]:
    this_update, next_update = crl.last_update_utc, crl.next_update_utc
    if next_update is None:
        raise ConfigurationError("this CRL does not say when the next one comes")
    if this_update > now + policy.clock_skew:
        raise ConfigurationError("this CRL is from the future: check the clock of this machine")
    if next_update < now:
        raise ConfigurationError("this CRL is stale: its next update was due already")
    return this_update, next_update


def _enter_list(connection: Connection, municipality: str, crl: CheckedCrl, now: datetime) -> int:
    """Enters the dates of a list; returns the number under which its entries stand."""
    which = {"municipality": municipality, "issuer_key_id": crl.issuer_key_id, "scope": crl.scope}
    times = {
        "this_update": unix(crl.this_update),
        "next_update": unix(crl.next_update),
        "added_at": unix(now),
    }
    of_list = and_(*(crls.c[name] == value for name, value in which.items()))
    former = connection.execute(select(crls.c.list_no, crls.c.this_update).where(of_list).with_for_update()).first()
    if former is None:
        highest = select(func.max(crls.c.list_no)).where(crls.c.municipality == municipality)
        list_no = int(connection.scalar(highest) or 0) + 1
        connection.execute(insert(crls).values(**which, **times, list_no=list_no))
        return list_no
    if former.this_update > times["this_update"]:
        raise ConfigurationError("this CRL is older than the one in force")
    connection.execute(update(crls).where(of_list).values(**times))
    return int(former.list_no)


def _batches(entries: frozenset[bytes]) -> Iterator[list[bytes]]:
    """In the order of their key, in which they are written fastest."""
    waiting = iter(sorted(entries))
    while batch := list(islice(waiting, _BATCH)):
        yield batch
