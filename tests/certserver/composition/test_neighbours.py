"""What another municipality exported is taken only with its signatures, its form bundles too."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certserver.composition.neighbours import add_neighbours, read_bundles
from certserver.errors import ConfigurationError
from koufu.evidence.bundle import SignedBundle
from koufu.evidence.directory import Directory
from koufu.evidence.trustlist import ListedBundle, Period
from tests.koufu.test_evidence_vectors import BUNDLE
from tests.support.directory_entries import an_entry
from tests.support.trust_lists import CENTRE, a_signatory, a_trust_list

NOW = 100
THEIRS = Ed25519PrivateKey.from_private_bytes(bytes(range(3, 35)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(4, 36)))
CODE = BUNDLE.municipality


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def signed(key: Ed25519PrivateKey, evidence: bytes = BUNDLE.to_bytes()) -> SignedBundle:
    return SignedBundle(evidence, key.sign(evidence))


def exported(folder: Path, *bundles: SignedBundle) -> Path:
    """What a home of the neighbour wrote, with these form bundles in its trust list."""
    listed = tuple(ListedBundle(bundle.hash, Period(0)) for bundle in bundles)
    signatory = replace(a_signatory(CODE, THEIRS.public_key().public_bytes_raw()), bundles=listed)
    for name, written in (
        ("directory", CENTRE.sign_directory(Directory((an_entry(CODE),), 0, 2**40))),
        ("trust-list", CENTRE.sign_trust_list(a_trust_list(signatory))),
    ):
        for ending, content in zip((".bin", ".sig"), written, strict=True):
            (folder / f"{name}{ending}").write_bytes(content)
    (folder / "directory.pub").write_text(CENTRE.public_key.public_bytes_raw().hex())
    (folder / "bundles").mkdir()
    for bundle in bundles:
        file = folder / "bundles" / f"{bundle.hash.hex()}.bundle"
        file.write_bytes(bundle.evidence)
        file.with_suffix(".sig").write_bytes(bundle.signature)
    return folder


def test_a_form_bundle_that_its_municipality_signed_is_taken(home: Path, tmp_path: Path) -> None:
    bundle = signed(THEIRS)
    add_neighbours(home, exported(tmp_path, bundle), NOW)
    assert read_bundles(home) == (bundle,)


@pytest.mark.parametrize(
    ("bundle", "says"),
    [
        (signed(STRANGER), "no key of the municipality signed"),
        (signed(THEIRS, replace(BUNDLE, municipality="992020").to_bytes()), "of another municipality"),
        (signed(THEIRS, b"no bundle"), "evidence"),
    ],
    ids=["another key", "another municipality", "no bundle"],
)
def test_a_form_bundle_that_it_did_not_sign_is_refused_and_nothing_is_kept(
    bundle: SignedBundle, says: str, home: Path, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationError, match=says):
        add_neighbours(home, exported(tmp_path, bundle), NOW)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "damage", [lambda content: content[:-1] + b"?", lambda _: signed(STRANGER).evidence[:-4], lambda _: b""]
)
def test_what_was_damaged_meanwhile_is_told(damage: Callable[[bytes], bytes], home: Path, tmp_path: Path) -> None:
    add_neighbours(home, exported(tmp_path, signed(THEIRS)), NOW)
    (file,) = (home / "neighbours" / "bundles").glob("*.bundle")
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(ConfigurationError, match="add it anew"):
        read_bundles(home)


def test_a_form_bundle_under_the_name_of_another_is_refused(home: Path, tmp_path: Path) -> None:
    first, second = signed(THEIRS), signed(THEIRS, replace(BUNDLE, since=BUNDLE.since + 1).to_bytes())
    folder = exported(tmp_path, first, second) / "bundles"
    for ending, content in ((".bundle", first.evidence), (".sig", first.signature)):
        (folder / f"{second.hash.hex()}{ending}").write_bytes(content)
    with pytest.raises(ConfigurationError, match="another form bundle"):
        add_neighbours(home, tmp_path, NOW)
