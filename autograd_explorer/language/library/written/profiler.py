"""torch.profiler: the blocks that it measures, without the measuring, which would tell of the
interpreter and not of the program."""

from contextlib import ContextDecorator


class record_function(ContextDecorator):
    def __init__(self, name, args=None):
        self.name, self.args = name, args

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


class ProfilerActivity:
    CPU = "ProfilerActivity.CPU"
    CUDA = "ProfilerActivity.CUDA"


class profile:
    def __init__(self, *args, **options):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def start(self):
        pass

    def stop(self):
        pass

    def step(self):
        pass

    def key_averages(self, *args, **options):
        refuse("torch.profiler.profile.key_averages")

    def table(self, *args, **options):
        refuse("torch.profiler.profile.table")

    def export_chrome_trace(self, path):
        refuse("torch.profiler.profile.export_chrome_trace")


def schedule(*, wait, warmup, active, repeat=0, skip_first=0):
    return None


def tensorboard_trace_handler(dir_name, worker_name=None, use_gzip=False):
    return None
