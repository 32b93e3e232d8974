"""Opens the picture of an official seal that somebody sent, in a process of its own, `python -m
certserver.office.settings.official_seal_alone`: little memory, little time, no network, no file to write. It reads the
picture from its standard input and tells width, height and dots on its standard output; it ends with 1 where it is
none."""

import resource
import struct
import sys

from certserver.documents.imprints import read_imprint
from certserver.errors import ConfigurationError
from certserver.verify.fences import end_with_parent, give_up_changing_files, give_up_network, give_up_privileges

SIZE = struct.Struct(">II")
"""Width and height in dots, before the rows."""

_BYTES = 512 * 1024 * 1024
_SECONDS = 5


def main() -> int:
    """Answers for one picture."""
    end_with_parent()
    give_up_privileges()
    give_up_network()
    give_up_changing_files()
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        imprint = read_imprint(sys.stdin.buffer.read())
    except (ConfigurationError, MemoryError):
        return 1
    sys.stdout.buffer.write(SIZE.pack(imprint.width, imprint.height) + imprint.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
