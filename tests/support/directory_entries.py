"""Entries of a signed directory for tests."""

from koufu.evidence.directory import DirectoryEntry


def an_entry(municipality: str = "992011", address: str = "server:1") -> DirectoryEntry:
    """見本市 under this code."""
    return DirectoryEntry(
        municipality=municipality,
        name="見本市",
        name_kana="みほんし",
        name_en="Mihon City",
        prefecture="見本県",
        prefecture_en="Mihon Prefecture",
        koseki=False,
        address=address,
    )
