"""Municipalities with a server of their own that this home's directory and trust list name too: where there is no
issuance centre, one of them signs for all. Each is kept in two files; nothing is taken whose signature was not
checked."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certserver.errors import ConfigurationError
from certserver.signing.keyfiles import write_private
from koufu.evidence.bundle import BUNDLE_FOLDER, BUNDLE_SUFFIX, SignedBundle, open_bundle_of
from koufu.evidence.directory import Directory, DirectoryEntry, open_directory
from koufu.evidence.errors import EvidenceError
from koufu.evidence.trustlist import Signatory, TrustList, open_trust_list

NEIGHBOURS = "neighbours"
_OWNER_ONLY = 0o700


class Neighbours(NamedTuple):
    """Their entries in the directory and in the trust list, both by code."""

    entries: tuple[DirectoryEntry, ...]
    signatories: tuple[Signatory, ...]


def read_neighbours(home: Path) -> Neighbours:
    """Those that were added to a home. Raises `ConfigurationError`."""
    entries: list[DirectoryEntry] = []
    signatories: list[Signatory] = []
    for file in sorted((home / NEIGHBOURS).glob("*.entry")):
        try:
            entries += Directory.from_bytes(file.read_bytes()).entries
            signatories += TrustList.from_bytes(file.with_suffix(".trust").read_bytes()).signatories
        except (EvidenceError, OSError) as error:
            raise ConfigurationError(f"{file} or its .trust is not whole: add that municipality anew") from error
    return Neighbours(tuple(entries), tuple(signatories))


def read_bundles(home: Path) -> tuple[SignedBundle, ...]:
    """The form bundles of neighbours, each signed by its municipality. Raises `ConfigurationError`."""
    return tuple(_bundles(home / NEIGHBOURS, read_neighbours(home).signatories))


def add_neighbours(home: Path, exported: Path, now: int) -> Neighbours:
    """Adds what another home exported into a folder (`directory` and `trust-list`, each .bin and .sig, form bundles,
    and `directory.pub`). Raises `ConfigurationError`."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex((exported / "directory.pub").read_text().strip()))
        directory = open_directory(*_signed(exported / "directory.bin"), key)
        trust_list = open_trust_list(*_signed(exported / "trust-list.bin"), key)
    except OSError as error:
        raise ConfigurationError(f"can't read {error.filename}: {error.strerror}") from error
    except (EvidenceError, ValueError) as error:
        raise ConfigurationError(f"{exported} holds no directory and trust list that its key signed") from error
    for each in (directory, trust_list):
        if not each.issued_at <= now < each.expires_at:
            raise ConfigurationError(f"what is in {exported} is not valid now: have it exported anew")
    named = {signatory.municipality: signatory for signatory in trust_list.signatories}
    missing = [entry.municipality for entry in directory.entries if entry.municipality not in named]
    if missing:
        raise ConfigurationError(f"the trust list in {exported} does not name {missing[0]}")
    added = [(entry, named[entry.municipality]) for entry in directory.entries]
    signatories = tuple(signatory for _, signatory in added)
    bundles = tuple(_bundles(exported, signatories))
    _keep(home / NEIGHBOURS, directory, trust_list, added)
    _keep_bundles(home / NEIGHBOURS / BUNDLE_FOLDER, bundles)
    return Neighbours(tuple(entry for entry, _ in added), signatories)


def _keep(
    folder: Path, directory: Directory, trust_list: TrustList, added: Sequence[tuple[DirectoryEntry, Signatory]]
) -> None:
    folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    for entry, signatory in added:
        times = (trust_list.number, trust_list.issued_at, trust_list.expires_at)
        kept = {
            ".trust": TrustList(*times, (signatory,)).to_bytes(),
            ".entry": Directory((entry,), directory.issued_at, directory.expires_at).to_bytes(),
        }
        for ending, content in kept.items():
            file = folder / f"{entry.municipality}{ending}"
            file.unlink(missing_ok=True)
            write_private(file, content)


def _keep_bundles(folder: Path, bundles: Sequence[SignedBundle]) -> None:
    folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    for bundle in bundles:
        for ending, content in ((BUNDLE_SUFFIX, bundle.evidence), (".sig", bundle.signature)):
            file = folder / f"{bundle.hash.hex()}{ending}"
            file.unlink(missing_ok=True)
            write_private(file, content)


def _bundles(folder: Path, signatories: Iterable[Signatory]) -> Iterator[SignedBundle]:
    """Those that these signatories have in the trust list, as far as they lie there. Raises `ConfigurationError` for
    one that is not what its name says, or that its municipality did not sign."""
    for signatory in signatories:
        for listed in signatory.bundles:
            file = folder / BUNDLE_FOLDER / f"{listed.bundle_hash.hex()}{BUNDLE_SUFFIX}"
            try:
                signed = SignedBundle(*_signed(file))
            except OSError:
                continue
            try:
                open_bundle_of(signatory, signed)
            except EvidenceError as error:
                raise ConfigurationError(f"{file}: {error}; have it exported and add it anew") from error
            if signed.hash != listed.bundle_hash:
                raise ConfigurationError(f"{file} is another form bundle; have it exported and add it anew")
            yield signed


def _signed(file: Path) -> tuple[bytes, bytes]:
    return file.read_bytes(), file.with_suffix(".sig").read_bytes()
