"""Keys of card applications: one for each application, random, which is dropped to erase what it opens; and keyed
hashes, so that neither a person nor a request can be told from what lies in the database."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from certserver.ports import Entropy
from certserver.signing.secrets import KEY_BYTES, Vault, subkey
from koufu.evidence.codec import Writer

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Personal:
    """What of an application is of a person: the register's key, name and address in the record when it was opened,
    the form's fields, the 申請書ID once there is one, and how the card was handed over at a counter: why somebody
    could not come says much of them. `card` is the keyed hash of the X.509 that the made card bears, in hexadecimal;
    empty where the card maker's delivery names none."""

    resident_id: str = field(repr=False)
    name: str = field(repr=False)
    address: str = field(repr=False)
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    form_id: str | None = field(default=None, repr=False)
    hand_over: Mapping[str, str] = field(default_factory=dict, repr=False)
    card: str = field(default="", repr=False)


class ApplicationKeys:
    """Makes and opens them by the server's storage secret."""

    def __init__(self, secret: bytes, entropy: Entropy) -> None:
        self._hashing = subkey(secret, "card applicants")
        self._vault = Vault(subkey(secret, "keys of card applications"), entropy)
        self._entropy = entropy

    def person(self, municipality: str, resident_id: str) -> bytes:
        """The 32 bytes that stand for somebody in one municipality."""
        return self._hash("koufu/card-applicant/1", municipality, resident_id.encode())

    def asked(self, municipality: str, who: str, content: bytes) -> bytes:
        """The 32 bytes that stand for a request and whoever made it."""
        return self._hash("koufu/card-application-request/1", f"{municipality}/{who}", content)

    def card(self, municipality: str, x509: bytes) -> bytes:
        """The 32 bytes that stand for a made card, by the X.509 (DER) that anybody can read from it without a PIN."""
        return self._hash("koufu/made-card/1", municipality, x509)

    def new_key(self, municipality: str, application_id: str) -> bytes:
        """A key for a new application, as it is stored."""
        return self._vault.close(self._entropy(KEY_BYTES), _about("key", municipality, application_id))

    def close_personal(self, key: bytes, municipality: str, application_id: str, personal: Personal) -> bytes:
        """Encrypts what is personal under the application's stored key."""
        told = {
            "resident": personal.resident_id,
            "name": personal.name,
            "address": personal.address,
            "form": dict(personal.form),
            "form-id": personal.form_id,
            "hand-over": dict(personal.hand_over),
            "card": personal.card,
        }
        about = _about("personal", municipality, application_id)
        return self._of(key, municipality, application_id).close(_encode(told).encode(), about)

    def open_personal(self, key: bytes, municipality: str, application_id: str, closed: bytes) -> Personal:
        """Decrypts it. Raises `StorageError` when it is not of this application."""
        about = _about("personal", municipality, application_id)
        told = json.loads(self._of(key, municipality, application_id).open(closed, about))
        return Personal(
            resident_id=told["resident"],
            name=told["name"],
            address=told["address"],
            form=told["form"],
            form_id=told["form-id"],
            hand_over=told["hand-over"],
            card=told["card"],
        )

    def close_attachment(
        self, key: bytes, municipality: str, application_id: str, number: int, content: bytes
    ) -> bytes:
        """Encrypts a picture or scan."""
        about = _about(f"attachment {number}", municipality, application_id)
        return self._of(key, municipality, application_id).close(content, about)

    def open_attachment(self, key: bytes, municipality: str, application_id: str, number: int, closed: bytes) -> bytes:
        """Decrypts it. Raises `StorageError` when it is not this one."""
        about = _about(f"attachment {number}", municipality, application_id)
        return self._of(key, municipality, application_id).open(closed, about)

    def _of(self, key: bytes, municipality: str, application_id: str) -> Vault:
        return Vault(self._vault.open(key, _about("key", municipality, application_id)), self._entropy)

    def _hash(self, use: str, about: str, content: bytes) -> bytes:
        writer = Writer(use)
        writer.text(about)
        writer.raw(content)
        return hmac.digest(self._hashing, writer.done(), "sha256")


def _about(what: str, municipality: str, application_id: str) -> bytes:
    return f"card application {municipality}/{application_id} {what}".encode()
