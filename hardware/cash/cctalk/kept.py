"""The account in its store: written as a whole before anything is done that it speaks of, where it can be."""

from collections.abc import Callable

from pydantic import TypeAdapter, ValidationError

from hardware.cash.cctalk.till import Till
from hardware.errors import CashError
from hardware.ports import Store

_SAVED = TypeAdapter(Till)


def read_till(saved: bytes | None) -> Till:
    """The account in these bytes; an empty one where there are none. Raises `CashError` when they are none."""
    try:
        return Till() if saved is None else _SAVED.validate_json(saved)
    except ValidationError as error:
        raise CashError("the account of the cash device can't be read: count the money, then move it away") from error


def written(till: Till) -> bytes:
    """The account as bytes."""
    return _SAVED.dump_json(till)


class Kept:
    """The account at hand. `works` is False while the last change is not on disk: then nobody may pay, and what is paid
    out the next start knows by the hoppers' counts. Raises `CashError` when what is stored is no account."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._till = read_till(store.read())
        self.works = True

    @property
    def till(self) -> Till:
        """As it is now."""
        return self._till

    def change(self, change: Callable[[Till], Till]) -> Till:
        """The account after the change, on disk unless `works` says otherwise."""
        return self.put(change(self._till))

    def put(self, till: Till) -> Till:
        """This account from now on."""
        if till == self._till and self.works:
            return till
        self._till = till
        try:
            self._store.write(written(till))
        except OSError:
            self.works = False
        else:
            self.works = True
        return till
