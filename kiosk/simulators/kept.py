"""Orders and letters of the simulators in two files of their folder, so that either program may be ended in the middle
and started again."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from hardware.card.virtual.folder import FolderError
from kiosk.simulators.card_maker import Ledger, Order
from kiosk.simulators.mail import Letter

ORDERS, LETTERS = "orders.json", "letters.json"
FORMAT = 1


def keep_ledger(folder: Path, ledger: Ledger) -> None:
    """Keeps the card maker's orders."""
    orders = [
        {
            "form_id": order.form_id,
            "municipality": order.municipality,
            "express": order.express,
            "at": order.at.isoformat(),
            "defect": order.defect,
            "card": order.card,
            "asked": order.asked,
        }
        for order in ledger.orders
    ]
    _keep(folder / ORDERS, {"orders": orders, "next_card": ledger.next_card})


def kept_ledger(folder: Path) -> Ledger:
    """The card maker's orders. Raises `FolderError`."""
    path = folder / ORDERS
    kept = _kept(path)
    try:
        orders = tuple(Order(**each | {"at": datetime.fromisoformat(each["at"])}) for each in kept.get("orders", ()))
        return Ledger(orders, kept.get("next_card", ""))
    except (KeyError, TypeError, ValueError) as error:
        raise FolderError(f"{path} is damaged: {error}") from error


def keep_letters(folder: Path, letters: tuple[Letter, ...]) -> None:
    """Keeps the mail's letters."""
    told = [
        {
            "number": letter.number,
            "with_notice": letter.with_notice,
            "at": letter.at.isoformat(),
            "brought_back": letter.brought_back,
            "asked": letter.asked,
        }
        for letter in letters
    ]
    _keep(folder / LETTERS, {"letters": told})


def kept_letters(folder: Path) -> tuple[Letter, ...]:
    """The mail's letters. Raises `FolderError`."""
    path = folder / LETTERS
    try:
        told = _kept(path).get("letters", ())
        return tuple(Letter(**each | {"at": datetime.fromisoformat(each["at"])}) for each in told)
    except (KeyError, TypeError, ValueError) as error:
        raise FolderError(f"{path} is damaged: {error}") from error


def _keep(path: Path, content: dict[str, Any]) -> None:
    half = path.with_name(path.name + ".half")
    half.write_text(json.dumps({"format": FORMAT, **content}, indent=1) + "\n")
    half.rename(path)


def _kept(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise FolderError(f"{path} can't be read: {error}") from error
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        raise FolderError(f"{path} is of another format than {FORMAT}")
    return kept
