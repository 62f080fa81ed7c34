"""threading, concurrent.futures and queue: a thread runs whole when it is started. Python lets threads
take turns, and which of them goes on is by chance; this is one of the ways in which it may go."""

import torch
from collections import deque

_made, _running = [], []


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        _made.append(self)
        shown = f" ({target.__name__})" if hasattr(target, "__name__") else ""
        self.name = f"Thread-{len(_made)}{shown}" if name is None else name
        self.daemon = bool(daemon)
        self._target, self._args, self._kwargs = target, args, {} if kwargs is None else kwargs
        self._started = False

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def start(self):
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        _running.append(self)
        try:
            with torch.enable_grad():  # which a new thread does not inherit
                self.run()
        except Exception:  # Python writes it to sys.stderr
            pass
        finally:
            _running.pop()

    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")

    def is_alive(self):
        return self in _running

    @property
    def ident(self):
        return _made.index(self) + 1 if self._started else None


class _Main:
    name, daemon, ident = "MainThread", False, 0

    def is_alive(self):
        return True


_main = _Main()


def current_thread():
    return _running[-1] if _running else _main


def main_thread():
    return _main


def get_ident():
    return current_thread().ident


def active_count():
    return 1 + len(_running)


class Event:
    def __init__(self):
        self._set = False

    def is_set(self):
        return self._set

    def set(self):
        self._set = True

    def clear(self):
        self._set = False

    def wait(self, timeout=None):
        if not self._set and timeout is None:
            refuse("threading.Event.wait: it would wait for another thread")
        return self._set


class Future:
    def __init__(self, call):
        self._value = self._error = None
        try:
            with torch.enable_grad():
                self._value = call()
        except Exception as error:
            self._error = error

    def result(self, timeout=None):
        if self._error is not None:
            raise self._error
        return self._value

    def exception(self, timeout=None):
        return self._error

    def done(self):
        return True

    def running(self):
        return False

    def cancelled(self):
        return False

    def cancel(self):
        return False

    def add_done_callback(self, fn):
        fn(self)


class ThreadPoolExecutor:
    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if initializer is not None:
            initializer(*initargs)

    def submit(self, fn, /, *args, **kwargs):
        return Future(lambda: fn(*args, **kwargs))

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        made = [self.submit(fn, *args) for args in zip(*iterables)]
        return (future.result() for future in made)

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def as_completed(fs, timeout=None):
    return iter(list(fs))


class Empty(Exception):
    pass


class Full(Exception):
    pass


class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self._items = maxsize, deque()

    def put(self, item, block=True, timeout=None):
        if self.full():
            if block and timeout is None:
                refuse("queue.Queue.put: it would wait for another thread")
            raise Full
        self._items.append(item)

    def get(self, block=True, timeout=None):
        if not self._items:
            if block and timeout is None:
                refuse("queue.Queue.get: it would wait for another thread")
            raise Empty
        return self._items.popleft()

    def put_nowait(self, item):
        self.put(item, False)

    def get_nowait(self):
        return self.get(False)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self.maxsize <= len(self._items)

    def qsize(self):
        return len(self._items)

    def task_done(self):
        pass

    def join(self):
        pass
