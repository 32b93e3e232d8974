"""What an action of the desk is to its runner: a job on a lane, that tells events of the desk."""

from collections.abc import Callable

from kiosk.actions.jobs import JobOf
from kiosk.counter.events import DeskEvent

DeskTell = Callable[[DeskEvent], None]


class DeskJob(JobOf[DeskEvent]):
    """A job of the desk's flow."""

    __slots__ = ()
