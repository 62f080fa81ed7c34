"""No files, no connections and no signals to others, by Linux's Landlock (kernel 5.13 or later).

What is open already stays open. Landlock needs no privileges and cannot be undone; what a process
has given up here, its threads have as well.
"""

import ctypes
import os
import struct
import sys

# The same numbers on all processors.
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_VERSION = 1  # a flag: do not create anything, tell the version
# Rights that a ruleset takes away, by the version that knows them first (linux/landlock.h).
_FILES = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_NETWORK = {4: 0b11}  # TCP: bind, connect
_OTHERS = {6: 0b11}  # abstract sockets, signals


def version() -> int:
    """Landlock's version on this system; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(_CREATE_RULESET, None, 0, _VERSION)))


def give_up_files() -> bool:
    """Take from this process all that Landlock can take. Whether it did.

    It asks for no_new_privs, which the caller has to have set.
    """
    known = version()
    if not known:
        return False
    sets = [
        sum(bits for since, bits in rights.items() if since <= known)
        for rights in (_FILES, _NETWORK, _OTHERS)
    ]
    attributes = struct.pack("<QQQ", *sets)
    # Older kernels know a shorter structure; what they do not know has to be zero, which it is.
    ruleset = _libc().syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        return bool(_libc().syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
