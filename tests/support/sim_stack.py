"""Stacks of their own for what blocks, switched by hand within one thread. The library comes without types; what is
used of it is said here."""

from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast


class Stack(Protocol):
    """`parent` is whom it goes back to at its end, or when it lets go."""

    parent: "Stack"
    dead: bool

    def switch(self) -> object:
        """Goes on there, until that stack lets go."""
        ...


_library = import_module("greenlet")
new_stack = cast("Callable[[Callable[[], None]], Stack]", _library.greenlet)
present_stack = cast("Callable[[], Stack]", _library.getcurrent)
