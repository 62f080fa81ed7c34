"""tempfile: folders that exist within the run."""

import os


class TemporaryDirectory:
    _count = 0

    def __init__(self, suffix=None, prefix=None, dir=None):
        TemporaryDirectory._count += 1
        self.name = f"/tmp/{prefix or 'tmp'}run{TemporaryDirectory._count}{suffix or ''}"
        os.makedirs(self.name)

    def __enter__(self):
        return self.name

    def __exit__(self, *error):
        self.cleanup()

    def cleanup(self):
        pass


def mkdtemp(suffix=None, prefix=None, dir=None):
    return TemporaryDirectory(suffix, prefix, dir).name


def gettempdir():
    return "/tmp"
