"""What a document says, as data: every entry in reading order, before any thought of where it stands on a sheet. What
is printed but left out by choice is in the document and not in the signed content (I11)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from certserver.documents.eras import PAD
from koufu.evidence.words import CertificateKind

OMITTED = "【省略】"
"""Left out by the resident's choice, or never shown in this kind."""

BLANK = "【空欄】"
"""The field does not apply, or the register holds nothing."""

UNUSED = "＊＊＊"
"""The form has a field here that this person's entry does not need."""


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One value as printed. `name` is its stable short name in the signed content, `label` what stands before it
    where the form has no fixed label."""

    name: str
    text: str
    label: str = ""

    def __repr__(self) -> str:
        return f"<Entry {self.name}>"

    @property
    def covered(self) -> bool:
        """Whether the signed content has it."""
        return self.text not in ("", OMITTED)

    @property
    def value(self) -> str:
        """As it stands in the signed content: without the padding that aligns digits."""
        return self.text.replace(PAD, "")


@dataclass(frozen=True, slots=True, repr=False)
class PersonBlock:
    """One person of a certificate of residence, entries in reading order; `number` counts from 1 on the document."""

    number: int
    name_kana: Entry
    individual_number: Entry
    name: Entry
    resident_code: Entry
    resident_since: Entry
    other_name_kana: Entry
    address_since: Entry
    other_name: Entry
    notified_on: Entry
    born: Entry
    sex: Entry
    relationship: Entry
    koseki_head: Entry
    domicile: Entry
    previous_address: Entry
    slot1: Entry
    slot2: Entry
    slot3: Entry
    slot4: Entry
    remarks: Entry

    def __repr__(self) -> str:
        return f"<PersonBlock {self.number}>"

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        return (value for field in fields(self) if isinstance(value := getattr(self, field.name), Entry))


@dataclass(frozen=True, slots=True, repr=False)
class ResidenceDocument:
    """A certificate of residence (住民票の写し), household form."""

    address: Entry
    householder: Entry
    people: tuple[PersonBlock, ...]
    clause: str

    kind = CertificateKind.RESIDENCE
    form = "residence-household/1"

    def __repr__(self) -> str:
        return f"<ResidenceDocument of {len(self.people)}>"


@dataclass(frozen=True, slots=True, repr=False)
class SealRegistrationDocument:
    """A seal registration certificate (印鑑登録証明書). `imprint` is the register's 1-bit PNG; `imprint_size` and
    `imprint_sha256` say in the signed content which imprint it is."""

    name: Entry
    former_surname: Entry
    alias: Entry
    katakana: Entry
    born: Entry
    address: Entry
    imprint_size: Entry
    imprint_sha256: Entry
    imprint: "Imprint"
    clause: str

    kind = CertificateKind.SEAL_REGISTRATION
    form = "seal-registration/1"

    def __repr__(self) -> str:
        return "<SealRegistrationDocument>"

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        return (value for field in fields(self) if isinstance(value := getattr(self, field.name), Entry))


@dataclass(frozen=True, slots=True, repr=False)
class Imprint:
    """A 1-bit picture at 600 dpi: rows of whole bytes, most significant bit first, 1 for ink."""

    width: int
    height: int
    rows: bytes

    def __repr__(self) -> str:
        return f"<Imprint {self.width}x{self.height}>"


Document = ResidenceDocument | SealRegistrationDocument
