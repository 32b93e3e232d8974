"""Numbers in the addresses of card applications' pages."""

import re
import unicodedata

from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry

_APPLICATION = re.compile(r"[0-9a-f]{32}", re.ASCII)
_BEGINS = re.compile(r"[0-9a-f]{8,32}", re.ASCII)
_SMALL = re.compile(r"[0-9]{1,3}", re.ASCII)


def application_number(told: str) -> str:
    """An application's number as it is kept. Raises `NoSuchEntry` for what is none."""
    plain = told.strip().lower()
    if not _APPLICATION.fullmatch(plain):
        raise NoSuchEntry("this is no number of an application")
    return plain


def beginning(typed: str) -> str:
    """How an application's number begins, as it was typed from a slip or a notice. Raises `NoSuchEntry` for what is no
    beginning of one."""
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).lower()
    if not _BEGINS.fullmatch(plain):
        raise NoSuchEntry("no number of an application begins like this")
    return plain


def application_of(visit: Visit) -> str:
    """The number in the address."""
    return application_number(visit.named["application"])


def small_number(told: str) -> int:
    """The number of an attachment. Raises `NoSuchEntry` for what is none."""
    if not _SMALL.fullmatch(told):
        raise NoSuchEntry("there is no such attachment")
    return int(told)
