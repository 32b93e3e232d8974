"""What a seal registration certificate says, from an eligible order line: nothing without a registered seal of the
person who orders. Pure, and no value is changed on its way (I10)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from certserver.documents.eras import printed
from certserver.documents.imprints import imprint_hash, read_registered_seal
from certserver.documents.model import UNUSED, Entry, Imprint
from certserver.errors import IntegrityAlarm
from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import SealExtract
from certserver.stages import EligibleLine
from koufu.evidence.words import CertificateKind


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
    imprint: Imprint
    clause: str

    kind = CertificateKind.SEAL_REGISTRATION
    form = "seal-registration/1"

    def __repr__(self) -> str:
        return "<SealRegistrationDocument>"

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        return (value for field in fields(self) if isinstance(value := getattr(self, field.name), Entry))


def compose(line: EligibleLine, profile: MunicipalityProfile) -> SealRegistrationDocument:
    """What the seal registration certificate of the person who orders says. Raises `IntegrityAlarm` when it reaches
    this stage without a registered seal of that person."""
    extract = line.extract
    if not isinstance(extract, SealExtract):
        raise IntegrityAlarm("a seal registration certificate of what is no registered seal")
    registered, resident = extract.seal, extract.resident
    if registered.cancelled or registered.resident_id != resident.resident_id:
        raise IntegrityAlarm("a seal registration certificate without a registered seal of the person who orders it")
    imprint = read_registered_seal(registered.imprint)
    foreign = resident.foreign
    return SealRegistrationDocument(
        name=Entry("name", resident.name),
        former_surname=Entry("former_surname", resident.former_surname or UNUSED),
        alias=Entry("alias", (foreign.alias if foreign is not None else None) or UNUSED),
        katakana=Entry("katakana", registered.name_katakana or UNUSED),
        born=Entry("born", printed(resident.born, western=foreign is not None)),
        address=Entry("address", extract.address),
        imprint_size=Entry("imprint.size_px", f"{imprint.width}x{imprint.height}"),
        imprint_sha256=Entry("imprint.sha256", imprint_hash(imprint)),
        imprint=imprint,
        clause=profile.only_clause(CertificateKind.SEAL_REGISTRATION),
    )
