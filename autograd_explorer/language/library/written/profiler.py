"""torch.profiler and torch.autograd.profiler, around the real one in library/profiling.py."""

from contextlib import ContextDecorator


class record_function(ContextDecorator):
    def __init__(self, name, args=None):
        self.name, self.args = name, args

    def __enter__(self):
        self._held = self._hold()
        next(self._held)
        return self

    def __exit__(self, *error):
        for _ in self._held:
            pass

    def _hold(self):
        with recorded(self.name):
            yield


class ProfilerActivity:
    CPU = "ProfilerActivity.CPU"
    CUDA = "ProfilerActivity.CUDA"
    XPU = "ProfilerActivity.XPU"


def supported_activities():
    return {ProfilerActivity.CPU}


class _Row:
    """One operation in a table, or one of its calls."""

    def __init__(self, facts):
        for name, value in facts.items():
            setattr(self, name, value)

    def __repr__(self):
        key = getattr(self, "key", None) or self.name
        return f"<{type(self).__name__} key={key} self_cpu_time={self.self_cpu_time_total:.3f}us>"


class FunctionEventAvg(_Row):
    pass


class FunctionEvent(_Row):
    pass


class _Rows(list):
    def __init__(self, rows, table, kind):
        super().__init__([kind(facts) for facts in rows])
        self._table = table

    def table(self, sort_by=None, **options):
        return self._table(sort_by=sort_by, **options)

    @property
    def self_cpu_time_total(self):
        return sum([row.self_cpu_time_total for row in self])

    def total_average(self):
        total = FunctionEventAvg({"key": "Total", "count": 0, "input_shapes": []})
        for name in ("cpu_time_total", "self_cpu_time_total", "cpu_memory_usage"):
            setattr(total, name, sum([getattr(row, name) for row in self]))
        total.count = sum([getattr(row, "count", 1) for row in self])
        return total

    def __str__(self):
        return self.table()


class profile:
    def __init__(
        self,
        *,
        activities=None,
        schedule=None,
        on_trace_ready=None,
        record_shapes=False,
        profile_memory=False,
        with_stack=False,
        with_flops=False,
        with_modules=False,
        experimental_config=None,
        use_cuda=None,
    ):
        self.on_trace_ready = on_trace_ready
        self._schedule, self._number, self.step_num = schedule, None, 0
        self._options = {
            "record_shapes": record_shapes,
            "profile_memory": profile_memory,
            "with_flops": with_flops,
        }

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()

    def start(self):
        plan = None
        if self._schedule is not None:
            if not isinstance(self._schedule, schedule):
                refuse("torch.profiler.profile(schedule=…)")
            plan = self._schedule.plan
        self._number = begin(self._options, plan, self._ready)

    def _ready(self):
        if self.on_trace_ready is not None:
            self.on_trace_ready(self)

    def stop(self):
        end(self._number)

    def step(self):
        self.step_num += 1
        step_of(self._number)

    def key_averages(self, group_by_input_shape=False, group_by_stack_n=0, **options):
        def table(**options):
            return table_of(self._number, group_by_input_shape, options)

        return _Rows(averages(self._number, group_by_input_shape), table, FunctionEventAvg)

    def events(self):
        def table(**options):
            return table_of(self._number, False, options)

        return _Rows(events_of(self._number), table, FunctionEvent)

    def add_metadata(self, key, value):
        pass

    def add_metadata_json(self, key, value):
        pass

    def export_chrome_trace(self, path):
        """There is no file to look into afterwards."""

    def export_stacks(self, path, metric="self_cpu_time_total"):
        pass

    def export_memory_timeline(self, path, device=None):
        pass


class AutogradProfile(profile):
    """torch.autograd.profiler.profile"""

    def __init__(self, enabled=True, *, use_cpu=True, use_device=None, use_kineto=False, **options):
        super().__init__(**options)
        self.enabled = enabled

    def __enter__(self):
        if self.enabled:
            self.start()
        return self

    def __exit__(self, *error):
        if self.enabled:
            self.stop()

    @property
    def function_events(self):
        return self.events()

    @property
    def self_cpu_time_total(self):
        return self.key_averages().self_cpu_time_total

    def table(self, sort_by=None, **options):
        return self.key_averages().table(sort_by=sort_by, **options)

    def total_average(self):
        return self.events().total_average()

    def __repr__(self):
        return self.table() if self._number is not None else "<unfinished torch.autograd.profile>"


class schedule:
    def __init__(self, *, wait, warmup, active, repeat=0, skip_first=0, skip_first_wait=0):
        self.plan = {
            "wait": wait,
            "warmup": warmup,
            "active": active,
            "repeat": repeat,
            "skip_first": skip_first,
            "skip_first_wait": skip_first_wait,
        }


def tensorboard_trace_handler(dir_name, worker_name=None, use_gzip=False):
    return lambda prof: None
