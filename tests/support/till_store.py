"""The account of a virtual ccTalk machine on a disk in memory, which can take nothing."""

from collections.abc import Callable, Mapping

from hardware.cash.cctalk.kept import read_till, written
from hardware.cash.cctalk.till import Till, counted

SINCE = "2026-03-02"


class TillStore:
    """`full`: it takes nothing; `broken` asks whether the disk that it shares with others does. `lost`: what was to be
    written last is not. `on_write` is called just before and just after each write."""

    def __init__(self, hoppers: Mapping[int, int], broken: Callable[[], bool] = lambda: False) -> None:
        self.saved: bytes | None = written(counted(Till(), hoppers, SINCE))
        self.full = self.lost = False
        self.on_write: Callable[[], None] = lambda: None
        self._broken = broken

    def read(self) -> bytes | None:
        return self.saved

    def write(self, saved: bytes) -> None:
        self.lost = self.full or self._broken()
        if self.lost:
            raise OSError("it is not written")
        self.on_write()
        self.saved = saved
        self.on_write()

    @property
    def till(self) -> Till:
        return read_till(self.saved)

    def write_till(self, till: Till) -> None:
        self.write(written(till))
