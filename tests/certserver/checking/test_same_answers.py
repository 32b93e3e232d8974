"""The browser's own code gives the same answer as `koufu-verify` for the same bytes: good ones of every sheet there is,
and changed ones at every depth. Whatever the bytes, it answers."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from certserver.verify.judge import Reason, judge, trusted
from certserver.verify.symbols import found_in
from certserver.verify.trust import judged_trust_list
from koufu.evidence.content import PageContent, hash_of
from koufu.evidence.sealcode import HEADER_BYTES, deflate, join
from koufu.evidence.trustlist import ListedBundle, ListedKey, Period, Revocation, RevocationReason
from tests.support.browser import visiting
from tests.support.checking_page import (
    ANOTHER_CENTRE,
    CENTRE_RAW,
    STRANGER,
    Shelf,
    mihon,
    parts_of,
    served,
    signed_bytes,
    signed_list,
)
from tests.support.specimens import ISSUED_AT, KEY
from tests.support.told_sheets import (
    all_told,
    back_of,
    both_sides,
    face_of,
    payload_symbols,
    sealed,
    symbols_of,
)
from tests.support.trust_lists import a_signatory, a_trust_list

pytestmark = pytest.mark.xdist_group("checking-page")

ASKS = """
async ({ root, cases }) => {
  const at = (path) => import(`${root}/${path}`);
  const { fromHex, hex, Malformed } = await at("evidence/bytes.js");
  const { parsedFace } = await at("evidence/facecode.js");
  const { isSealSymbol, join } = await at("evidence/sealcode.js");
  const { judge, trustedKeys } = await at("check/judge.js");
  const { judgedTrustList, SeenNumbers } = await at("check/trust.js");
  const quietly = (read, given) => {
    try {
      return read(given);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return null;
    }
  };
  const found = (symbols) => {
    const all = symbols.map(fromHex);
    const parts = all.filter(isSealSymbol);
    const sealCode = parts.length ? quietly(join, parts) : null;
    const faces = all.map((symbol) => quietly(parsedFace, symbol)).filter(Boolean);
    return { faces, sealCode, broken: parts.length && !sealCode ? "broken" : null };
  };
  const answers = [];
  for (const { list, signature, centre, now, seen, pictures } of cases) {
    const kept = new Map([[`trust-list ${centre}`, seen]]);
    const numbers = new SeenNumbers({ getItem: (key) => kept.get(key) ?? null, setItem: (k, v) => kept.set(k, v) });
    const judged = await judgedTrustList(
      fromHex(list), fromHex(signature), fromHex(centre), centre, BigInt(now), numbers);
    if (judged.reason) {
      answers.push({ list: judged.reason });
      continue;
    }
    const told = await judge(pictures.map(found), trustedKeys(judged.trustList));
    answers.push({
      list: null,
      verdict: told.verdict,
      number: told.documentNo,
      pages: told.pages,
      doubts: told.doubts.map(({ reason, page }) => [reason, page]),
      contents: told.contents.map(({ hash }) => hex(hash)),
    });
  }
  return answers;
}
"""


@dataclass(frozen=True)
class Case:
    """What a recipient has, and shows."""

    pictures: Sequence[Sequence[bytes]] = ()
    signed: tuple[bytes, bytes] = field(default_factory=signed_list)
    now: int = ISSUED_AT
    seen: int = 0


class _Seen:
    """The highest number seen, in memory."""

    def __init__(self, number: int) -> None:
        self._number = number

    def of(self, _centre: Ed25519PublicKey) -> int:
        return self._number

    def note(self, _centre: Ed25519PublicKey, number: int) -> None:
        self._number = number


def by_python(case: Case) -> dict[str, Any]:
    centre = Ed25519PublicKey.from_public_bytes(CENTRE_RAW)
    signature, evidence = case.signed
    trust_list = judged_trust_list(evidence, signature, centre, case.now, _Seen(case.seen))  # type: ignore[arg-type]
    if isinstance(trust_list, Reason):
        return {"list": trust_list.value}
    findings = judge([found_in(symbols) for symbols in case.pictures], trusted([], trust_list))
    return {
        "list": None,
        "verdict": findings.verdict.value,
        "number": findings.document_no,
        "pages": findings.pages,
        "doubts": [[doubt.reason.value, doubt.page] for doubt in findings.doubts],
        "contents": [hash_of(content.to_bytes()).hex() for content in findings.contents],
    }


@dataclass(frozen=True)
class Asked:
    """The browser with the page's code in it."""

    page: Page
    root: str

    def answers(self, cases: Sequence[Case]) -> list[dict[str, Any]]:
        told = [
            {
                "signature": case.signed[0].hex(),
                "list": case.signed[1].hex(),
                "centre": CENTRE_RAW.hex(),
                "now": str(case.now),
                "seen": str(case.seen),
                "pictures": [[symbol.hex() for symbol in symbols] for symbols in case.pictures],
            }
            for case in cases
        ]
        answers: list[dict[str, Any]] = self.page.evaluate(ASKS, {"root": self.root, "cases": told})
        return answers

    def agrees(self, *cases: Case) -> list[dict[str, Any]]:
        """The answers, which are those of Python too."""
        answers = self.answers(cases)
        for case, answer in zip(cases, answers, strict=True):
            assert answer == by_python(case)
        return answers


@pytest.fixture(scope="module")
def asked(browser: Browser) -> Iterator[Asked]:
    with served(lambda _port: parts_of(Shelf())) as url, visiting(browser, url) as visit:
        script = visit.page.locator("script").get_attribute("src")
        assert script is not None
        yield Asked(visit.page, script.removesuffix("/page/main.js"))


def test_every_sheet_of_the_gallery_is_good(asked: Asked) -> None:
    cases = [Case(both_sides(contents)) for contents in all_told().values()]
    assert {answer["verdict"] for answer in asked.agrees(*cases)} == {"good"}


def test_any_one_symbol_in_four_may_be_lost(asked: Asked) -> None:
    large = max(all_told().values(), key=lambda contents: len(back_of(contents[0])))[0]
    cases = []
    for content in (large, all_told()["residence"][0]):
        symbols = back_of(content)
        cases += [Case([[one for one in symbols if one not in lost]]) for lost in pairwise(symbols)]
        cases += [Case([[one for one in symbols if one != lost]]) for lost in symbols]
    assert {answer["verdict"] for answer in asked.agrees(*cases)} == {"unreadable"}


def test_what_does_not_belong_together(asked: Asked) -> None:
    one, other = all_told()["residence"][0], all_told()["residence-all-options"]
    elsewhere = replace(one, document_no="4CSDM1P7YJP49ZT8")
    asked.agrees(
        Case([[face_of(one)], back_of(elsewhere)]),
        Case([back_of(one), back_of(elsewhere)]),
        Case([back_of(one), back_of(replace(one, issued_at=one.issued_at + 1))]),
        Case([[*back_of(one), *back_of(elsewhere)]]),
        Case([[face_of(one), face_of(replace(one, form="x/1"))], back_of(one)]),
        *(Case([back_of(content)]) for content in other),
        Case([back_of(other[0]), back_of(replace(other[1], previous=bytes(31) + b"x"))]) if len(other) > 1 else Case(),
        Case([back_of(one, STRANGER)]),
        Case([symbols_of(one.to_bytes(), elsewhere)]),
        Case([[face_of(one)]]),
        Case([]),
        Case([[b"KS"], [b""], [b"https://example.jp"]]),
    )


def lists() -> dict[str, Case]:
    """Trust lists of every standing, with a page that is good by itself."""
    raw = KEY.raw_public_key
    compromised, ceased = RevocationReason.COMPROMISED, RevocationReason.CEASED
    made = {
        "in force": a_trust_list(mihon()),
        "not yet": a_trust_list(mihon(ListedKey(raw, Period(ISSUED_AT + 1)))),
        "ended": a_trust_list(mihon(ListedKey(raw, Period(0, ISSUED_AT)))),
        "compromised": a_trust_list(mihon(ListedKey(raw, Period(0), Revocation(2**40, compromised)))),
        "ceased": a_trust_list(mihon(ListedKey(raw, Period(0), Revocation(ISSUED_AT, ceased)))),
        "ceased later": a_trust_list(mihon(ListedKey(raw, Period(0), Revocation(ISSUED_AT + 1, ceased)))),
        "another's": a_trust_list(a_signatory("990002", raw)),
        "empty": a_trust_list(),
        "twice": a_trust_list(mihon(), a_signatory("990002", raw)),
        "out of order": a_trust_list(mihon(), a_signatory("980002", bytes(range(32)))),
        "bundle twice": a_trust_list(replace(mihon(), bundles=(ListedBundle(bytes(32), Period(1, 2)),) * 2)),
        "ends before": a_trust_list(mihon(ListedKey(raw, Period(5, 4)))),
        "number 0": a_trust_list(mihon(), number=0),
        "largest": a_trust_list(mihon(), number=2**64 - 1, expires_at=2**64 - 1),
        "not begun": a_trust_list(mihon(), issued_at=ISSUED_AT + 301),
        "clocks apart": a_trust_list(mihon(), issued_at=ISSUED_AT + 300),
        "just over": a_trust_list(mihon(), expires_at=ISSUED_AT),
        "just not over": a_trust_list(mihon(), expires_at=ISSUED_AT + 1),
        "older": a_trust_list(mihon(), number=6),
        "the same": a_trust_list(mihon(), number=7),
    }
    sides = both_sides(all_told()["residence"])
    cases = {
        name: Case(sides, signed_list(each), seen=7 if each.number in (6, 7) else 0) for name, each in made.items()
    }
    return cases | {"another centre's": Case(sides, signed_list(centre=ANOTHER_CENTRE))}


def test_trust_lists_of_every_standing(asked: Asked) -> None:
    named = lists()
    answers = dict(zip(named, asked.agrees(*named.values()), strict=True))
    assert answers["in force"]["verdict"] == "good"
    assert answers["compromised"]["doubts"] == [["key-revoked", 1]]
    assert answers["older"] == {"list": "trust-list-older"}
    assert answers["another centre's"] == {"list": "trust-list-forged"}


def test_an_inflated_content_at_its_limit(asked: Asked) -> None:
    content = all_told()["residence"][0]
    cases = [
        Case([payload_symbols(sealed(zlib.compress(bytes(length), 9)), content)]) for length in (65_535, 65_536, 65_537)
    ]
    # A bomb: six megabytes of nothing in one back.
    bomb = zlib.compress(bytes(6_000_000), 9)
    asked.agrees(*cases, Case([payload_symbols(sealed(bomb), content)]))


class Changed:
    """Draws changed bytes."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def of(self, evidence: bytes) -> bytes:
        """One to three places changed, cut out or put in."""
        changed = bytearray(evidence)
        for _ in range(self._data.draw(st.integers(1, 3))):
            at = self._data.draw(st.integers(0, max(len(changed) - 1, 0)))
            kind = self._data.draw(st.sampled_from(("set", "flip", "cut", "put", "end")))
            if kind == "set":
                changed[at : at + 1] = self._data.draw(st.binary(min_size=1, max_size=1))
            elif kind == "flip":
                changed[at : at + 1] = bytes(
                    (byte ^ 1 << self._data.draw(st.integers(0, 7))) for byte in changed[at : at + 1]
                )
            elif kind == "cut":
                del changed[at : at + self._data.draw(st.integers(1, 9))]
            elif kind == "put":
                changed[at:at] = self._data.draw(st.binary(min_size=1, max_size=9))
            else:
                del changed[at:]
        return bytes(changed)


def with_checksum(symbol: bytes) -> bytes:
    """A symbol of a back as somebody would make it up, with a right checksum."""
    head, chunk = symbol[: HEADER_BYTES - 4], symbol[HEADER_BYTES:]
    return head + zlib.crc32(head + chunk).to_bytes(4, "big") + chunk


def changed_case(data: st.DataObject) -> Case:
    name = data.draw(st.sampled_from(sorted(all_told())))
    content: PageContent = data.draw(st.sampled_from(all_told()[name]))
    changed = Changed(data)
    symbols = list(back_of(content))
    at = data.draw(st.integers(0, len(symbols) - 1))
    where = data.draw(st.sampled_from(("symbol", "checked symbol", "payload", "content", "stream", "list", "face")))
    if where == "symbol":
        symbols[at] = changed.of(symbols[at])
    elif where == "checked symbol":
        symbols[at] = with_checksum(changed.of(symbols[at]))
    elif where == "payload":
        symbols = list(payload_symbols(changed.of(join(symbols)[1]) or b"x", content))
    elif where == "content":
        symbols = list(symbols_of(changed.of(content.to_bytes()), content))
    elif where == "stream":
        symbols = list(payload_symbols(sealed(changed.of(deflate(content.to_bytes()))), content))
    elif where == "list":
        evidence = changed.of(signed_list()[1])
        return Case([symbols], signed_bytes(evidence))
    else:
        face = changed.of(face_of(content)[:-4])
        return Case([[face + zlib.crc32(face).to_bytes(4, "big")], symbols])
    return Case([[face_of(content)], symbols])


@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_changed_bytes_have_the_same_answer(asked: Asked, data: st.DataObject) -> None:
    asked.agrees(*(changed_case(data) for _ in range(8)))
