"""What a recipient has at hand: the trust list with its key, form bundles beside it, and pictures of a sheet."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from certserver.signing.municipal import CentreKey
from certserver.stages import RenderedDocument
from certserver.verify.confinement import Trusted
from koufu.evidence.trustlist import TrustList
from tests.support import sheets
from tests.support.specimens import KEY, PROFILE
from tests.support.trust_lists import CENTRE, a_signatory, a_trust_list


@dataclass(frozen=True, slots=True)
class Recipient:
    """A folder with everything but the paper."""

    folder: Path

    @property
    def arguments(self) -> list[str]:
        """What koufu-verify is told of it."""
        return [
            *("--trust-list", str(self.folder / "trust-list.bin")),
            *("--trust-key", str(self.folder / "centre.pub")),
        ]

    @property
    def trusted(self) -> Trusted:
        """The same for a check without a command line."""
        return Trusted((), (self.folder / "trust-list.bin").read_bytes(), self.folder / "bundles")

    def lists(self, trust_list: TrustList, centre: CentreKey = CENTRE) -> list[str]:
        """Puts another list there; the arguments."""
        evidence, signature = centre.sign_trust_list(trust_list)
        return self.lists_bytes(evidence, signature)

    def lists_bytes(self, evidence: bytes, signature: bytes) -> list[str]:
        """The same, whatever is in them."""
        (self.folder / "trust-list.bin").write_bytes(evidence)
        (self.folder / "trust-list.sig").write_bytes(signature)
        return self.arguments

    def holds(self, document: RenderedDocument) -> None:
        """Puts the form bundle of a document there."""
        bundles = self.folder / "bundles"
        bundles.mkdir(exist_ok=True)
        (bundles / f"{document.bundle.hash.hex()}.bundle").write_bytes(document.bundle.evidence)


def recipient(folder: Path) -> Recipient:
    """Knows the centre of tests, 見本市 and the bundle of its specimens."""
    found = Recipient(folder)
    (folder / "centre.pub").write_text(CENTRE.public_key.public_bytes_raw().hex())
    found.lists(a_trust_list(a_signatory(PROFILE.code, KEY.raw_public_key)))
    found.holds(sheets.residence())
    return found


def written(side: sheets.Raster, file: Path) -> Path:
    """A picture of a side in a file."""
    Image.fromarray(np.ascontiguousarray(side)).save(file)
    return file
