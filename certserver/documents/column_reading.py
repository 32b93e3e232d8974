"""Reads the entries of a page of a koseki or its supplement back into blocks, by their names alone. What `columns`
makes of a register and what is made here of its page are the same blocks."""

from collections.abc import Iterator
from dataclasses import dataclass

from certserver.documents.columns import Block, Item, Row, Weight
from certserver.documents.model import OMITTED, Entry
from certserver.documents.page import CONTINUATION, Page

_BESIDE_BIRTH = ("spouse", "sex")
"""Stand on the line of the birth before them where there is room."""

_ENDS = ("", CONTINUATION)


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """The words of a form that stand in the label column beside what its entries are called: at a person (`section`),
    above the first entry of a kind (`headings`, by the beginning of its name), at an address. `left_out` are names and
    labels of what a resident can leave out."""

    section: str
    headings: tuple[tuple[str, str], ...] = ()
    address: str = ""
    left_out: tuple[tuple[str, str], ...] = ()


def read_blocks(page: Page, words: ColumnWords) -> Iterator[tuple[Block, bool]]:
    """The blocks of a page, each with whether it begins a section. Raises `ForeignPage`."""
    before = ""
    for key, entries in _grouped(page, words):
        section = key.partition(".")[0]
        yield _block(key, entries, words), section != before
        before = section


def _grouped(page: Page, words: ColumnWords) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each block under what their names have in common."""
    if page.number == 1:
        for name, label in words.left_out:
            yield name, [page.take_or(name, label, OMITTED)]
    while (name := page.upcoming()) not in _ENDS:
        key = _key(name)
        entries = []
        while (name := page.upcoming()) not in _ENDS and _key(name) == key:
            entries.append(page.take(name, None))
        yield key, entries


def _key(name: str) -> str:
    """「2.1」 of 「2.1.title」, 「2」 of 「2.name」; 「domicile」 and 「2.again」 are alone."""
    before, _, last = name.rpartition(".")
    return before if before and last != "again" else name


def _block(key: str, entries: list[Entry], words: ColumnWords) -> Block:
    rows: list[Row] = []
    title = removed = None
    section = label = ""
    for entry in entries:
        last = entry.name.rpartition(".")[2]
        alone = entry.name == last
        if last == "title":
            title = entry
            continue
        if last == "removed":
            removed = entry
            continue
        item = Item(entry, _weight(entry, last), beside=alone)
        if last in _BESIDE_BIRTH and rows and rows[-1][0].entry.name.endswith(".born"):
            rows[-1] = (*rows[-1], item)
        else:
            rows.append((item,))
        if alone:
            label = entry.label
        elif last == "address":
            label = words.address
        elif last in ("name", "again"):
            section = words.section
    heading = _heading(key, words) if title is not None and key.endswith(".1") else ""
    return Block(tuple(rows), heading, section, label, title, removed)


def _weight(entry: Entry, last: str) -> Weight:
    if last == "name":
        return Weight.NAME
    return Weight.HEAD if last == "head" and entry.text != OMITTED else Weight.PLAIN


def _heading(key: str, words: ColumnWords) -> str:
    return next((heading for beginning, heading in words.headings if key.startswith(beginning)), "")
