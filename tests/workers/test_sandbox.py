"""What any Python can do inside a worker on Linux: compute."""

import os
import platform
import sys
import tempfile
from pathlib import Path

import pytest

from autograd_explorer.workers import landlock, seccomp

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")

HAS_SECCOMP = platform.machine() in seccomp._PROCESSORS
JOBS = [
    pytest.param("plain_python", marks=pytest.mark.skipif(not HAS_SECCOMP, reason="no seccomp")),
    pytest.param(
        "without_seccomp", marks=pytest.mark.skipif(not landlock.version(), reason="no Landlock")
    ),
    pytest.param(
        "without_landlock", marks=pytest.mark.skipif(not HAS_SECCOMP, reason="no seccomp")
    ),
]
FOREIGN = str(Path(tempfile.gettempdir()) / "made-by-a-worker")
VALUE = "what only the server knows"
# What each of the two has to prevent by itself.
OPENING = {
    "a file": "open('/etc/passwd').read()",
    "its own program": "open(sys.executable, 'rb').read(1)",
    "a new file": f"open({FOREIGN!r}, 'w').write('x')",
    "a file here": "open('made-by-a-worker', 'w').write('x')",
    "a folder": "os.listdir('/')",
    "its environment": "open('/proc/self/environ').read()",
    "the server's memory": "open(f'/proc/{os.getppid()}/mem', 'rb')",
    "a descriptor": "os.open('/dev/fd/3', os.O_RDWR)",
    "a folder to make": f"os.mkdir({FOREIGN!r})",
    "a device": "open('/dev/shm/made-by-a-worker', 'w')",
    "a connection": "socket.create_connection(('127.0.0.1', {port}))",
}
# What seccomp prevents.
CALLING = {
    "a socket": "socket.socket()",
    "a socket of the system's": "socket.socket(socket.AF_UNIX).connect('/run/x')",
    "a program": "subprocess.run(['/bin/true'])",
    "another program": "os.execv('/bin/true', ['true'])",
    "a process": "os.fork()",
    "a signal to others": "os.kill(os.getppid(), 0)",
    "a file in memory": "os.memfd_create('x')",
    "more memory": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "another's limits": "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
    "a pipe": "os.pipe()",
    "another session": "os.setsid()",
}
# The folder is not there any more, descriptors have no names, and limits are only ever lowered.
REFUSED = ("PermissionError", "FileNotFoundError", "OSError", "ValueError: not allowed")


@pytest.fixture(scope="module")
def listening():
    """A port at which somebody would answer."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("what", OPENING)
def test_nothing_can_be_opened(what, job, pool_of, listening):
    said = pool_of(job).say(OPENING[what].replace("{port}", str(listening)))

    assert said.startswith(REFUSED), said


@pytest.mark.skipif(not HAS_SECCOMP, reason="no seccomp")
@pytest.mark.parametrize("what", CALLING)
def test_no_other_process_can_be_reached_or_made(what, plain):
    assert plain.say(CALLING[what]).startswith(REFUSED)


def test_other_system_calls_fail_by_their_numbers_as_well(plain):
    calls = {
        "ptrace": 101,
        "mount": 165,
        "bpf": 321,
        "io_uring_setup": 425,
        "process_vm_readv": 310,
    }
    source = "libc = ctypes.CDLL(None, use_errno=True)\n" + "\n".join(
        f"print({name!r}, libc.syscall({number}, 0, 0, 0, 0), ctypes.get_errno())"
        for name, number in calls.items()
    )
    if platform.machine() != "x86_64":
        pytest.skip("numbers of another processor")

    assert plain.say(source).splitlines() == [f"{name} -1 1" for name in calls]


def test_a_second_set_of_numbers_leads_nowhere(plain):
    """x86_64 has every call twice; 0x40000000 + 2 is open."""
    if platform.machine() != "x86_64":
        pytest.skip("numbers of another processor")
    source = (
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "print(libc.syscall(0x40000002, b'/etc/passwd', 0), ctypes.get_errno())"
    )

    assert plain.say(source) == "-1 1"


def test_a_thread_can_be_made(plain):
    """PyTorch needs one for deeply nested backward passes."""
    source = "t = threading.Thread(target=print, args=('here',))\nt.start()\nt.join()"

    assert plain.say(source) == "here"


def test_the_environment_is_empty_and_the_folder_is_none(plain, monkeypatch):
    monkeypatch.setenv("A_SECRET", VALUE)

    assert plain.say("print(dict(os.environ))") == "{}"
    # The C library's own copy, too.
    said = plain.say(
        "libc = ctypes.CDLL(None)\nlibc.getenv.restype = ctypes.c_char_p\n"
        "print(libc.getenv(b'A_SECRET'), libc.getenv(b'PATH'))"
    )
    assert said == "None None"
    assert plain.say("os.getcwd()").startswith(("FileNotFoundError", "PermissionError"))


def test_nothing_is_open_but_the_way_to_the_server(plain):
    source = (
        "found = []\n"
        "for fd in range(3, 1024):\n"
        "    try: os.lseek(fd, 0, 1)\n"
        "    except OSError as error:\n"
        "        if error.errno == 9: continue\n"  # EBADF
        "    found.append(fd)\n"
        "print(found)"
    )

    assert plain.say(source) == "[3]"


def test_what_is_written_goes_nowhere(plain, capfd):
    plain.say("os.write(1, b'x' * 10000)\nos.write(2, b'x' * 10000)")

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("job", ["plain_python", "without_seccomp", "without_landlock"])
def test_memory_ends_where_the_limit_is(job, pool_of):
    source = "held = []\nwhile True: held.append(b'x' * 10**7)"

    # A machine that is busy takes more than a job's five seconds to fill the memory.
    assert pool_of(job).say(source, seconds=60).startswith("MemoryError")


def test_limits_of_the_system_are_set(pool_of):
    source = (
        "for name in ('RLIMIT_CORE', 'RLIMIT_FSIZE', 'RLIMIT_CPU'):\n"
        "    print(resource.getrlimit(getattr(resource, name))[1])"
    )

    assert pool_of("without_seccomp").say(source).split() == ["0", "0", "20"]


def test_the_log_says_what_the_system_offered(plain):
    plain.say("print()")

    offered = plain.pool.offered.split(", ")
    assert offered[0] == "resource limits"
    assert ("seccomp" in offered) == HAS_SECCOMP
    assert any(one.startswith("Landlock") for one in offered) == bool(landlock.version())


def test_one_worker_sees_nothing_of_another(plain):
    plain.say("kept['x'] = 1\nos.environ['X'] = '1'")

    for _ in range(2 * plain.pool.size):
        assert plain.say("print(kept, dict(os.environ))") == "{} {}"


def test_no_worker_is_a_child_of_this_process(plain):
    """The server's memory is not that from which a worker was forked."""
    assert int(plain.say("print(os.getppid())")) != os.getpid()
