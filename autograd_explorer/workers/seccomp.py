"""A list of the only system calls that a worker may make, kept by Linux's seccomp.

A worker computes, allocates memory, reads its work and writes its answer. Every other call fails
with EPERM: opening a file or a socket, starting a process, sending a signal to another. The list
is a program for the kernel's small virtual machine, which runs it at every call (linux/filter.h,
linux/seccomp.h). Numbers of calls differ between processors; where they are not known here there
is no list.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import NamedTuple

# name → number on x86_64 (asm/unistd_64.h) and on aarch64 (asm-generic/unistd.h).
_ALLOWED = {
    # memory
    "brk": (12, 214), "madvise": (28, 233), "mincore": (27, 232), "mmap": (9, 222),
    "mprotect": (10, 226), "mremap": (25, 216), "munmap": (11, 215),
    # what is open already
    "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62), "poll": (7, None), "ppoll": (271, 73),
    "pselect6": (270, 72), "read": (0, 63), "readv": (19, 65), "select": (23, None),
    "write": (1, 64), "writev": (20, 66),
    # time
    "clock_getres": (229, 114), "clock_gettime": (228, 113), "clock_nanosleep": (230, 115),
    "gettimeofday": (96, 169), "nanosleep": (35, 101), "restart_syscall": (219, 128),
    "time": (201, None), "times": (100, 153),
    # its own threads, and how it ends
    "exit": (60, 93), "exit_group": (231, 94), "futex": (202, 98), "membarrier": (324, 283),
    "rseq": (334, 293), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "sched_getaffinity": (204, 123), "sched_yield": (24, 124),
    "set_robust_list": (273, 99), "sigaltstack": (131, 132),
    # what it is, and where
    "getcpu": (309, 168), "getegid": (108, 177), "geteuid": (107, 175), "getgid": (104, 176),
    "getpid": (39, 172), "getppid": (110, 173), "getrandom": (318, 278), "getrusage": (98, 165),
    "gettid": (186, 178), "getuid": (102, 174), "sysinfo": (99, 179), "uname": (63, 160),
}  # fmt: skip
_CLONE, _CLONE3, _TGKILL = (56, 220), (435, 435), (234, 131)
_CLONE_THREAD = 0x10000
# Numbers from here on are those of x86_64's second set, which nothing uses.
_X32 = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _PROCESSOR, _FIRST_ARGUMENT = 0, 4, 16  # places in struct seccomp_data
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000
_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER = 38, 22, 2  # of prctl


class _Processor(NamedTuple):
    audit: int  # its name in linux/audit.h
    column: int  # in the tables above


_PROCESSORS = {"x86_64": _Processor(0xC000003E, 0), "aarch64": _Processor(0xC00000B7, 1)}


class _Instruction(NamedTuple):
    """.then, .otherwise  how many instructions to skip when a comparison holds, or does not"""

    code: int
    value: int
    then: int = 0
    otherwise: int = 0


def forbid_new_privileges() -> bool:
    """Without this, no process without privileges may restrict itself."""
    return sys.platform == "linux" and _prctl(_NO_NEW_PRIVS, 1, 0) == 0


def keep_to_the_list() -> bool:
    """From now on this process makes no call that is not on the list. Whether that is so.

    It concerns the thread that asks, and those that it starts: there has to be one alone.
    """
    processor = _PROCESSORS.get(platform.machine())
    if processor is None or sys.platform != "linux" or sys.byteorder != "little":
        return False
    program = _program(processor)
    packed = b"".join(struct.pack("<HBBI", i.code, i.then, i.otherwise, i.value) for i in program)
    code = ctypes.create_string_buffer(packed, len(packed))
    # struct sock_fprog: the length, room up to the next multiple of a pointer, the address.
    head = struct.pack("@HP", len(program), ctypes.addressof(code))
    return _prctl(_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(head, len(head))) == 0


def _program(processor: _Processor) -> list[_Instruction]:
    column = processor.column
    numbers = sorted(n for pair in _ALLOWED.values() if (n := pair[column]) is not None)
    allow, fail = _Instruction(_RETURN, _ALLOW), _Instruction(_RETURN, _FAIL | errno.EPERM)
    load_first = _Instruction(_LOAD, _FIRST_ARGUMENT)
    return [
        _Instruction(_LOAD, _PROCESSOR),
        _Instruction(_EQUAL, processor.audit, then=1),
        _Instruction(_RETURN, _KILL),
        _Instruction(_LOAD, _NUMBER),
        _Instruction(_AT_LEAST, _X32, otherwise=1),
        fail,
        # A thread of its own, but no process.
        _Instruction(_EQUAL, _CLONE[column], otherwise=4),
        load_first,
        _Instruction(_ANY_BIT, _CLONE_THREAD, otherwise=1),
        allow,
        fail,
        # Its flags lie in memory, where no filter looks: the C library then takes clone.
        _Instruction(_EQUAL, _CLONE3[column], otherwise=1),
        _Instruction(_RETURN, _FAIL | errno.ENOSYS),
        # A signal to itself, which is how abort() ends a process, but to nobody else.
        _Instruction(_EQUAL, _TGKILL[column], otherwise=4),
        load_first,
        _Instruction(_EQUAL, os.getpid(), otherwise=1),
        allow,
        fail,
        *(each for n in numbers for each in (_Instruction(_EQUAL, n, otherwise=1), allow)),
        fail,
    ]


def _prctl(option: int, first: int, second: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.prctl(option, ctypes.c_ulong(first), second, 0, 0))
