"""How terminals may be called: a name stands in an X.509 as one of the net, in paths and on paper."""

import re

LONGEST_NAME = 63

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}", re.ASCII)


def is_terminal_name(text: str) -> bool:
    """Whether a terminal may be called so: up to `LONGEST_NAME` letters, digits and hyphens."""
    return _NAME.fullmatch(text) is not None
