"""Orders documents for fuzzed residents and says what came of it: read back exactly, or refused for a reason that
holds. Everything else is wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from certserver.documents.forms import compose
from certserver.documents.press import Press
from certserver.documents.residence import ResidenceDocument
from certserver.documents.typefaces import clusters, code_points, load_typefaces
from certserver.stages import Refused
from koufu.evidence.words import RefusalReason
from tests.names import judge
from tests.names.repertoire import IPAMJ, Repertoire
from tests.names.residents import Fuzzed, fuzzed, values
from tests.support.specimens import KENGO, KEY, PROFILE, household, residence_line, stamp

PERSONS = 4
GLYPHS_EVERY, PIXELS_EVERY = 4, 40
_SHORT = 20
"""Whatever has fewer characters fits every field."""


@dataclass(slots=True)
class Tally:
    """Figures by name, and what was wrong, by resident."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Campaign:
    """One press with some fonts for values, and their repertoire."""

    def __init__(self, fonts: Sequence[Path]) -> None:
        assert fonts[0] == IPAMJ
        self.repertoire = Repertoire(fonts)
        self.deck = self.repertoire.clusters
        self.press = Press(load_typefaces(further=fonts[1:]))

    def run(self, start: int, count: int, tally: Tally) -> None:
        """Residents `start` and on: those with missing characters each alone, the others by fours."""
        people = [fuzzed(number, self.deck) for number in range(start, start + count)]
        for alone in (person for person in people if person.lacking):
            self._order((alone,), tally)
        whole = [person for person in people if not person.lacking]
        for at in range(0, len(whole), PERSONS):
            self._order(tuple(whole[at : at + PERSONS]), tally)

    def _order(self, people: tuple[Fuzzed, ...], tally: Tally) -> None:
        residents = [person.resident for person in people]
        document = compose(residence_line(household(*residents, householder=KENGO.name)), PROFILE)
        assert isinstance(document, ResidenceDocument)
        made = self.press.render(document, stamp(), PROFILE, KEY)
        if isinstance(made, Refused):
            if made.reason is RefusalReason.TOO_LONG and len(people) > 1:
                for person in people:
                    self._order((person,), tally)
                return
            why = list(self._wrongly_refused(made, document))
            tally.counts[f"refused {made.reason.value}"] += len(people)
        else:
            why = list(self._wrongly_made(made.file, people, document, tally))
            tally.counts["read back exactly"] += len(people)
        tally.counts["residents"] += len(people)
        tally.counts["characters"] += sum(len(clusters(text)) for _, text in values(document))
        tally.wrong += [f"{residents[0].resident_id} and {len(people) - 1} more: {each}" for each in why]

    def _wrongly_made(
        self, file: bytes, people: tuple[Fuzzed, ...], document: ResidenceDocument, tally: Tally
    ) -> Iterator[str]:
        if any(person.lacking for person in people):
            yield "was printed without a character"
        tally.counts["documents"] += 1
        yield from judge.wrong_text(file, document)
        if tally.counts["documents"] % GLYPHS_EVERY == 0:
            tally.counts["documents whose glyphs were compared"] += 1
            yield from judge.wrong_glyphs(file, self.repertoire)
        if tally.counts["documents"] % PIXELS_EVERY == 0:
            tally.counts["documents whose pixels were compared"] += 1
            yield from judge.wrong_pixels(file, document, self.repertoire)

    def _wrongly_refused(self, refused: Refused, document: ResidenceDocument) -> Iterator[str]:
        texts = dict(values(document))
        if refused.reason is RefusalReason.CHARACTER_MISSING:
            found = {cluster for text in texts.values() for cluster in clusters(text)}
            expected = {code_points(cluster) for cluster in found if self.repertoire.font_of(cluster) is None}
            if set(refused.about) != expected:
                yield f"was refused for {', '.join(refused.about)}"
        elif refused.reason is RefusalReason.TOO_LONG:
            if not refused.about or any(len(clusters(texts.get(name, ""))) < _SHORT for name in refused.about):
                yield f"was refused for {', '.join(refused.about)}, which is short"
        else:
            yield f"was refused for {refused.reason.value}"
