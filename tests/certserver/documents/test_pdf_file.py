"""The file itself: every object where the table says, shared parts the same in each file, nothing left out."""

import re
import zlib

import numpy as np
import pytest
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObject

from certserver.documents import pdf
from certserver.documents.pdf import Page, Template, prepare, shared_mask, shared_stream, stream, template
from tests.support import sheets


def small() -> Template:
    shared: dict[str, PDFObject] = {"R": PDFDictionary({}), "S": shared_stream(b"shared")}
    return template(shared, [Page("R", "F")], ["F", "X"], "題")


def objects_of(file: bytes) -> dict[int, bytes]:
    """Number and body of every object, found by the table alone."""
    start = int(file.rpartition(b"startxref\n")[2].split()[0])
    head, *lines = file[start:].split(b"trailer")[0].splitlines()[1:]
    assert head == b"0 %d" % len(lines)
    found = {}
    for number, line in enumerate(lines):
        offset, kind = int(line[:10]), line[17:18]
        if kind == b"n":
            opening = b"%d 0 obj\n" % number
            assert file.startswith(opening, offset)
            found[number] = file[offset + len(opening) : file.index(b"\nendobj\n", offset)]
    return found


@pytest.mark.parametrize("document", ["residence", "large_household", "seal_registration"])
def test_every_object_stands_where_the_table_says(document: str) -> None:
    file = getattr(sheets, document)().file
    objects = objects_of(file)
    assert sorted(objects) == list(range(1, len(objects) + 1))
    referred = {
        int(number) for body in objects.values() for number in re.findall(rb"(\d+) 0 R", body.split(b"stream")[0])
    }
    assert referred <= objects.keys()


def test_a_document_adds_exactly_the_objects_that_were_announced() -> None:
    own = {"F": pdf.page_content("0 g"), "X": b"<< >>"}
    file = small().filled(own, bytes(16))
    assert list(objects_of(file).values())[-2:] == list(own.values())
    assert file == small().filled(own, bytes(16))
    with pytest.raises(KeyError):
        small().filled({"F": b"<< >>"}, bytes(16))


def test_two_documents_differ_in_their_identifier() -> None:
    own = {"F": pdf.page_content("0 g"), "X": b"<< >>"}
    assert b"/ID [<" + b"00" * 16 + b">" in small().filled(own, bytes(16))
    assert small().filled(own, bytes(16)) != small().filled(own, b"1" * 16)


def test_a_repeated_pattern_is_compressed_twice_and_comes_back() -> None:
    rows = bytes(range(16)) * 4096
    body = prepare(shared_mask(1024, 512, rows))
    assert b"[/FlateDecode /FlateDecode]" in body
    packed = body.partition(b"stream\n")[2].removesuffix(b"\n").removesuffix(b"endstream")
    assert zlib.decompress(zlib.decompress(packed)) == rows


def test_what_compression_would_make_longer_stays_as_it_is() -> None:
    modules = np.random.default_rng(7).integers(0, 2, (77, 77)).astype(np.bool_)
    assert b"FlateDecode" not in pdf.image_mask(modules)
    assert b"/FlateDecode" in stream(b"words " * 40)
