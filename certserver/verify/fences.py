"""What a process can give up for good before it opens what a stranger sent: privileges, network, and changing files.
Each function says whether this kernel let it; none of them fails where it did not."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000

_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446
"""Numbers of system calls, the same on every machine (landlock(7))."""

_ASK_VERSION = 1
_FILE_RIGHTS = {1: 0b1_1111_1111_0011, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
"""By the version that brought them: to run a file, write into one, make, remove and move any, cut one off, and steer a
device. Reading is left."""

_NET_RIGHTS = {4: 0b11}
"""To listen and to connect by TCP."""

_SCOPES = {6: 0b11}
"""Sockets and signals to processes outside."""


class _Ruleset(ctypes.Structure):
    """landlock_ruleset_attr."""

    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


def end_with_parent() -> bool:
    """The process ends when the one that started it does."""
    return _done(_system().prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0))


def give_up_privileges() -> bool:
    """No program that it starts may do more than it may itself."""
    return _done(_system().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def give_up_network() -> bool:
    """A network of its own with nothing in it. Only before the first thread."""
    return _done(_system().unshare(_CLONE_NEWUSER | _CLONE_NEWNET))


def give_up_changing_files() -> bool:
    """No file is run, written, made or removed any more, whatever rights the user has, nor a TCP connection made; needs
    `give_up_privileges`."""
    system = _system()
    version = system.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _ASK_VERSION)
    if version < 1:
        return False
    rules = _Ruleset(*(_of_version(rights, version) for rights in (_FILE_RIGHTS, _NET_RIGHTS, _SCOPES)))
    ruleset = system.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(_length(version)), 0)
    if ruleset < 0:
        return False
    try:
        return _done(system.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _system() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def _done(answer: int) -> bool:
    return answer == 0


def _of_version(rights: dict[int, int], version: int) -> int:
    return sum(bits for since, bits in rights.items() if since <= version)


def _length(version: int) -> int:
    """Bytes of the rules that a kernel of this version knows."""
    return 8 * (1 + (version >= min(_NET_RIGHTS)) + (version >= min(_SCOPES)))
