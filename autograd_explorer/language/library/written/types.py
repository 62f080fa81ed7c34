"""types, for the namespaces that programs keep their settings in."""


class SimpleNamespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __repr__(self):
        shown = [f"{name}={value!r}" for name, value in vars(self).items()]
        return f"namespace({', '.join(shown)})"

    def __eq__(self, other):
        if not isinstance(other, SimpleNamespace):
            return NotImplemented
        return vars(self) == vars(other)
