"""What a seal registration certificate says: from an eligible order line, nothing without a registered seal of the
person who orders, and back from a page's entries. Pure, and no value is changed on its way (I10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from certserver.documents.eras import printed
from certserver.documents.imprints import read_registered_seal
from certserver.documents.model import UNUSED, Entry
from certserver.documents.page import Page
from certserver.errors import IntegrityAlarm
from certserver.municipality import MunicipalityProfile
from certserver.registers.extracts import SealExtract
from certserver.stages import EligibleLine
from koufu.evidence.bitmap import Bitmap
from koufu.evidence.content import REGISTERED_SEAL
from koufu.evidence.words import CertificateKind

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "name": "氏名",
        "former_surname": "旧氏",
        "alias": "通称",
        "katakana": "氏名のカタカナ表記",
        "born": "生年月日",
        "address": "住所",
    }
)
"""By name of entry, in reading order."""


@dataclass(frozen=True, slots=True, repr=False)
class SealRegistrationDocument:
    """A seal registration certificate (印鑑登録証明書): its entries in the order of `LABELS`, and the imprint dot for
    dot."""

    entries: tuple[Entry, ...]
    imprint: Bitmap
    clause: str

    kind = CertificateKind.SEAL_REGISTRATION
    form = "seal-registration/1"

    def __repr__(self) -> str:
        return "<SealRegistrationDocument>"


@dataclass(frozen=True, slots=True, repr=False)
class SealRegistrationPage:
    """What its one page says, but for its certification."""

    entries: tuple[Entry, ...]
    imprint: Bitmap

    def __repr__(self) -> str:
        return "<SealRegistrationPage>"


def read_page(page: Page) -> SealRegistrationPage:
    """What a page says. Raises `ForeignPage`."""
    entries = tuple(page.take(name, label) for name, label in LABELS.items())
    return SealRegistrationPage(entries, page.take_picture(REGISTERED_SEAL))


def compose(line: EligibleLine, profile: MunicipalityProfile) -> SealRegistrationDocument:
    """What the seal registration certificate of the person who orders says. Raises `IntegrityAlarm` when it reaches
    this stage without a registered seal of that person."""
    extract = line.extract
    if not isinstance(extract, SealExtract):
        raise IntegrityAlarm("a seal registration certificate of what is no registered seal")
    registered, resident = extract.seal, extract.resident
    if registered.cancelled or registered.resident_id != resident.resident_id:
        raise IntegrityAlarm("a seal registration certificate without a registered seal of the person who orders it")
    foreign = resident.foreign
    texts = {
        "name": resident.name,
        "former_surname": resident.former_surname or UNUSED,
        "alias": (foreign.alias if foreign is not None else None) or UNUSED,
        "katakana": registered.name_katakana or UNUSED,
        "born": printed(resident.born, western=foreign is not None),
        "address": extract.address,
    }
    return SealRegistrationDocument(
        entries=tuple(Entry(name, texts[name], label) for name, label in LABELS.items()),
        imprint=read_registered_seal(registered.imprint),
        clause=profile.only_clause(CertificateKind.SEAL_REGISTRATION),
    )
