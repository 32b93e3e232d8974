"""The page on card applications names every word of the rules, and every file it names is there."""

import re
from enum import Enum
from pathlib import Path

import pytest

from certserver.applications.dated import Confirmed
from certserver.applications.express_codes import EXPRESS_ROWS, ExpressCode
from certserver.applications.identity import Combination
from certserver.applications.places import Place
from certserver.applications.proxy_cases import ProxyCase
from certserver.applications.signatures import SignatureKind
from certserver.applications.states import State
from koufu.photo.words import ExceptionCategory

WORDS: tuple[type[Enum], ...] = (
    *(Combination, Confirmed, ExceptionCategory, ExpressCode, Place, ProxyCase, SignatureKind, State),
)


@pytest.mark.parametrize("words", WORDS, ids=lambda each: each.__name__)
def test_every_word_is_explained(words: type[Enum], root: Path) -> None:
    told = set(re.findall(r"`([^`\n]+)`", (root / "docs/card-applications.md").read_text()))
    assert {each.value for each in words} <= told


def test_the_fees_of_express_issuance(root: Path) -> None:
    text = (root / "docs/card-applications.md").read_text()
    for row in EXPRESS_ROWS:
        (line,) = re.findall(rf"^\| `{row.code.value}` .*$", text, re.MULTILINE)
        told = f"{row.fee.with_x509:,} ({row.fee.without_x509:,})" if row.fee.with_x509 else "free"
        assert told in line.split("|")[3]
