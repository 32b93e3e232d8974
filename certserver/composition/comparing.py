"""The comparison of pictures behind the checking page: the check of `koufu-verify` in a process of its own, by the
trust list and the form bundles of this home. It needs `koufu[verify]` beside the server."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certserver.checking.parts import ComparedFace, ComparedPictures, TrustListShelf
from certserver.composition.bundle_files import BundleFiles
from certserver.ports import Clock, unix
from certserver.storage.engine import Database
from certserver.verify.answers import Answers, Trouble, answers, nothing_said
from certserver.verify.confinement import CheckBroke, Confinement, Trusted
from certserver.verify.judge import Reason
from certserver.verify.pictures import UnreadablePicture
from certserver.verify.report import as_json
from certserver.verify.trust import judged_trust_list
from certserver.verify.words import Tongue
from koufu.evidence.trustlist import TrustList


@dataclass(frozen=True, slots=True)
class ConfinedComparison:
    """Checks one document at a time, and keeps nothing of it. `centre` is the raw key of the issuance centre; `bundles`
    are of this process alone, and those that the database keeps meanwhile are added to them."""

    database: Database
    shelf: TrustListShelf
    centre: bytes
    bundles: BundleFiles
    fonts: tuple[Path, ...]
    clock: Clock
    elapsed: Callable[[], float]

    def compare(self, pictures: Sequence[bytes]) -> ComparedPictures:
        """See `Comparison`."""
        now = unix(self.clock.now())
        signature, evidence = self.shelf.newest() or (b"", b"")
        judged = judged_trust_list(evidence, signature, Ed25519PublicKey.from_public_bytes(self.centre), now)
        if isinstance(judged, Reason):
            return _told(nothing_said(judged), {}, now, ())
        self.bundles.add_kept(self.database)
        trusted = Trusted((), evidence, self.bundles.folder, self.fonts)
        return compared(pictures, trusted, _names(judged), now, self.elapsed)


def compared(
    pictures: Sequence[bytes], trusted: Trusted, names: dict[str, str], now: int, elapsed: Callable[[], float]
) -> ComparedPictures:
    """Checks pictures of one document in a process of its own. `names` are those of municipalities by code, `now` is in
    Unix seconds, `elapsed` gives seconds since some fixed moment."""
    try:
        checked = Confinement(trusted, elapsed).check_bytes(pictures, with_pictures=True)
    except UnreadablePicture as error:
        return _told(nothing_said(Trouble.UNREADABLE_PICTURE, str(error)), names, now, ())
    except CheckBroke as error:
        return _told(nothing_said(Trouble.TOO_MUCH, str(error)), names, now, ())
    shown = ((face.page, face.shown) for face in checked.faces if face.shown is not None)
    faces = tuple(ComparedFace(page, one.framed, one.closeups) for page, one in shown)
    return _told(answers(checked), names, now, faces)


def _names(trust_list: TrustList) -> dict[str, str]:
    return {each.municipality: each.name for each in trust_list.signatories}


def _told(said: Answers, names: dict[str, str], now: int, faces: tuple[ComparedFace, ...]) -> ComparedPictures:
    reports = {"ja": as_json(said, names, now, Tongue.JAPANESE), "en": as_json(said, names, now, Tongue.ENGLISH)}
    return ComparedPictures(reports, faces)
