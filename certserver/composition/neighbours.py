"""Municipalities with a server of their own that this home's directory names too: where there is no issuance centre,
one of them signs for all. Each is kept as a file; nothing is taken whose signature was not checked."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certserver.errors import ConfigurationError
from certserver.signing.keyfiles import write_private
from koufu.evidence.directory import Directory, DirectoryEntry, open_directory
from koufu.evidence.errors import EvidenceError

NEIGHBOURS = "neighbours"
_OWNER_ONLY = 0o700


def read_neighbours(home: Path) -> tuple[DirectoryEntry, ...]:
    """Those that were added to a home, by code. Raises `ConfigurationError`."""
    entries: list[DirectoryEntry] = []
    for file in sorted((home / NEIGHBOURS).glob("*.entry")):
        try:
            entries += Directory.from_bytes(file.read_bytes()).entries
        except EvidenceError as error:
            raise ConfigurationError(f"{file} is no entry of a directory: add that municipality anew") from error
    return tuple(entries)


def add_neighbours(home: Path, exported: Path, now: int) -> tuple[DirectoryEntry, ...]:
    """Adds what another home exported into a folder (`directory.bin`, `.sig` and `.pub`). Raises
    `ConfigurationError`."""
    try:
        evidence = (exported / "directory.bin").read_bytes()
        signature = (exported / "directory.sig").read_bytes()
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex((exported / "directory.pub").read_text().strip()))
        directory = open_directory(evidence, signature, key)
    except OSError as error:
        raise ConfigurationError(f"can't read {error.filename}: {error.strerror}") from error
    except (EvidenceError, ValueError) as error:
        raise ConfigurationError(f"{exported} holds no directory that its key signed") from error
    if not directory.issued_at <= now < directory.expires_at:
        raise ConfigurationError(f"the directory in {exported} is not valid now: have it exported anew")
    folder = home / NEIGHBOURS
    folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    for entry in directory.entries:
        kept = folder / f"{entry.municipality}.entry"
        kept.unlink(missing_ok=True)
        write_private(kept, Directory((entry,), directory.issued_at, directory.expires_at).to_bytes())
    return directory.entries
