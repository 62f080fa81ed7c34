"""The context managers of torch.autograd.graph from which programs derive classes of their own."""


class saved_tensors_hooks:
    def __init__(self, pack_hook, unpack_hook):
        self.pack_hook, self.unpack_hook = pack_hook, unpack_hook

    def __enter__(self):
        self._held = self._hold()
        next(self._held)

    def __exit__(self, *error):
        for _ in self._held:
            pass

    def _hold(self):
        with opened(self.pack_hook, self.unpack_hook):
            yield
