"""`python -m tests.benchmarks.protection`: what the protection of a page costs, face and back (target: 6 ms CPU),
beside segno for the same symbols in the same run, in turn. Writes build/bench/protection.json and prints it."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import segno

from certserver.antiforgery import guilloche, qr
from certserver.antiforgery.codes import Symbol, quiet_zone
from certserver.documents import back_form, pdf, stationery
from certserver.documents.bundles import HeldBundle, hold
from certserver.documents.drawing import ReadPage, draw, face_code_of, read_content
from certserver.documents.forms import compose
from certserver.documents.ink import Layer
from certserver.documents.press import seal_code
from certserver.documents.stationery import Stationery
from certserver.documents.subset import Subset, as_halo
from certserver.documents.telling import ToldPages, tell
from certserver.documents.typefaces import Face
from koufu.evidence.content import PageContent, hash_of, picture_of
from koufu.evidence.sealcode import deflate, seal_payload, split
from tests.gallery.cases import Case, cases
from tests.support import sheets
from tests.support.specimens import KEY, stamp

OUT = Path("build/bench/protection.json")
TARGET_MS = 6.0
CASES = (
    "residence",
    "residence-household-of-nine",
    "seal-registration",
    "seal-registration-largest",
    "koseki-full-removed-person",
    "koseki-full-many-pages-deputy-mayor",
    "income-tax",
    "disaster-victim-three-pages",
)
ROUNDS = 5
TIMES_A_ROUND = 8


@dataclass(frozen=True, slots=True)
class Specimen:
    """A document that was drawn, so that only its protection is left to do."""

    told: ToldPages
    bundle: HeldBundle
    stock: Stationery
    pages: Sequence[ReadPage]
    faces: Sequence[Layer]

    @classmethod
    def of(cls, case: Case) -> "Specimen":
        """As the press draws it."""
        press = sheets.press()
        bundle = hold(case.profile, press._typefaces)
        told = tell(compose(case.line, case.profile), stamp(), bundle)
        pages = [read_content(content, told.private) for content in told.contents]
        stock = press._stationery(bundle, tuple(page.shape for page in pages), told.contents[0].ground)
        fonts = {**stock.fonts, Face.VALUE: Subset(press._typefaces[Face.VALUE])}
        return cls(told, bundle, stock, pages, [draw(page, fonts) for page in pages])

    def protect(self) -> None:
        """Everything that a sheet has besides what is read on it: its content told in bytes and signed, the codes, the
        ground around the text and its halos, and the whole back."""
        number = self.told.contents[0].document_no
        chosen = guilloche.choices(number)
        stationery.ornaments(chosen)
        micro = Layer(self.stock.fonts)
        back_form.fill(micro, self.bundle.bundle, number)
        for page, face in zip(self.pages, self.faces, strict=True):
            content = page.content
            for picture in content.pictures:
                picture_of(picture.name, picture.bitmap)
            evidence = content.to_bytes()
            code = face_code_of(content, hash_of(evidence))
            pdf.image_mask(code.modules)
            halos = stationery.halos([as_halo(text) for text in face.texts])
            pdf.page_content(f"{self.stock.calm(face.calm)}\n{halos}")
            symbols = seal_code(content, evidence, KEY)
            assert symbols is not None
            for symbol in symbols:
                pdf.image_mask(symbol.modules)
            self._back(symbols, chosen, micro)

    def _back(self, symbols: Sequence[Symbol], chosen: guilloche.Choices, micro: Layer) -> None:
        holes = [back_form.DETECTION_FIELD, quiet_zone(symbols)]
        painted = (
            stationery.ground_without(self.stock.ground, holes),
            guilloche.paint(chosen),
            stationery.ink(micro),
            *(symbol.box.picture("QB") for symbol in symbols),
        )
        pdf.page_content("\n".join(painted))

    def by_segno(self, mask: int | None) -> None:
        """The same seal codes by segno; without a mask it chooses one, as it does unless told."""
        for content, evidence in zip(self.told.contents, self.told.evidence, strict=True):
            for part in _parts(content, evidence):
                segno.make_qr(part, error="m", version=qr.version_for(len(part)), mask=mask, boost_error=False)


def _parts(content: PageContent, evidence: bytes) -> tuple[bytes, ...]:
    deflated = deflate(evidence)
    payload = seal_payload(deflated, KEY.key_id, KEY.sign_page(deflated))
    return split(payload, content.document_no, content.page, content.pages)


def cpu_ms(work: Callable[[], object], times: int) -> float:
    """Milliseconds of CPU that this process spends on it."""
    before = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - before) * 1000 / times


def measured(name: str) -> dict[str, object]:
    """One case's row."""
    specimen = Specimen.of(cases()[name])
    specimen.protect()
    pages = len(specimen.pages)
    ours, masked = [], []
    for _ in range(ROUNDS):
        ours.append(cpu_ms(specimen.protect, TIMES_A_ROUND) / pages)
        masked.append(cpu_ms(lambda: specimen.by_segno(qr.MASK), 1) / pages)
    cost, fixed = statistics.median(ours), statistics.median(masked)
    # Slow: once is enough.
    usual = cpu_ms(lambda: specimen.by_segno(None), 1) / pages
    return {
        "name": name,
        "pages": pages,
        "protection_cpu_ms_a_page": round(cost, 2),
        "least_of_rounds": round(min(ours), 2),
        "target_ms": TARGET_MS,
        "segno_same_mask_ms_a_page": round(fixed, 1),
        "segno_ms_a_page": round(usual, 1),
        "segno_ratio": round(usual / cost, 1),
        "segno_same_mask_ratio": round(fixed / cost, 1),
    }


def main() -> int:
    """Measures every case; returns the exit status."""
    rows = []
    for name in CASES:
        rows.append(measured(name))
        print(json.dumps(rows[-1]), flush=True)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
