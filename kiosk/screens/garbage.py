"""Python looks for reference cycles in whichever thread happens to ask for memory, and a Qt object freed by another
thread than the window's ends the process now and then. So in a terminal only the window's thread looks for them."""

import gc

from PySide6.QtCore import QObject, QTimer

from koufu.heap import give_back

EVERY_MS = 1_000
ALL_EVERY = 600
"""Looks to one among everything. By Python's thresholds alone what was in use for some time is looked at after some
85,000 objects more: what a visit left in cycles would lie there for days."""


class Collector(QObject):
    """Looks for cycles every second, as far as Python itself would have by its thresholds, and every ten minutes among
    everything; then memory that is free goes back to the system. Lives as long as its parent, in whose thread it must
    be made; Python's own search is off from then on, also after its end."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(EVERY_MS)

    def look(self) -> None:
        """One look."""
        self._looks += 1
        if self._looks % ALL_EVERY:
            collect()
        else:
            gc.collect()
            give_back()


def collect() -> None:
    """Collects the generations that are due; the calling thread frees what is found."""
    for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
        if count <= threshold:
            return
        gc.collect(generation)
