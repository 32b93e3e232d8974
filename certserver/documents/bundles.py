"""The form bundle of a municipality, from its profile in force and the typefaces at hand. Nothing on a sheet comes from
the profile by another way, so that a page's bundle is enough to draw it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from certserver.antiforgery.paper import dots
from certserver.documents.certification import OFFICIAL_SEAL_MM
from certserver.documents.forms import chosen_form
from certserver.documents.imprints import read_imprint
from certserver.documents.typefaces import Face, Typeface
from certserver.errors import ConfigurationError
from certserver.municipality import MunicipalityProfile
from koufu.evidence.bundle import BundleClause, BundleFont, CheckingWords, FormBundle
from koufu.evidence.words import CertificateKind


@dataclass(frozen=True, slots=True, eq=False)
class HeldBundle:
    """A bundle with its canonical bytes and their hash, by which it is known."""

    bundle: FormBundle
    evidence: bytes
    hash: bytes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HeldBundle) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)


def hold(profile: MunicipalityProfile, typefaces: Mapping[Face, Typeface]) -> HeldBundle:
    """The bundle of a profile. Raises `ConfigurationError` as `bundle_of` does."""
    return held(bundle_of(profile, typefaces).to_bytes())


def held(evidence: bytes) -> HeldBundle:
    """The bundle in these bytes, or `MalformedEvidence`."""
    return HeldBundle(FormBundle.from_bytes(evidence), evidence, sha256(evidence).digest())


def bundle_of(profile: MunicipalityProfile, typefaces: Mapping[Face, Typeface]) -> FormBundle:
    """The bundle. Raises `ConfigurationError` when the official seal is not a 1-bit bitmap of 24 mm."""
    official_seal = read_imprint(profile.official_seal)
    if {official_seal.width, official_seal.height} != {dots(OFFICIAL_SEAL_MM)}:
        raise ConfigurationError("the official seal must be a bitmap of 567 x 567 dots, 24 mm at 600 dpi")
    checking = profile.checking
    return FormBundle(
        municipality=profile.code,
        since=profile.since,
        prefecture=profile.prefecture,
        name=profile.name,
        mayor=mayor_lines(profile),
        official_seal=official_seal,
        clauses=tuple(BundleClause(clause.kind, clause.whole, clause.text) for clause in profile.clauses),
        checking=CheckingWords(checking.web_address, checking.office, checking.phone, checking.hours),
        forms=tuple((kind, chosen_form(kind, profile).name) for kind in CertificateKind),
        fonts=tuple(
            BundleFont(face.value, place, font.sfnt.sha256)
            for face, typeface in typefaces.items()
            for place, font in enumerate(typeface.fonts)
        ),
    )


def mayor_lines(profile: MunicipalityProfile) -> tuple[str, ...]:
    """The mayor as printed; while a deputy acts, the deputy's title stands on a line of its own above the name."""
    if profile.deputy_title is None:
        return (f"{profile.mayor_title}　{profile.mayor_name}",)
    return (f"{profile.mayor_title}{profile.deputy_title}", profile.mayor_name)
