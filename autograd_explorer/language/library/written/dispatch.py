"""functools: functions that are chosen by the type of their first argument."""

import functools


def singledispatch(func):
    chosen = {object: func}

    def dispatch(cls):
        found = object
        for known in chosen:
            if issubclass(cls, known) and issubclass(known, found):
                found = known
        return chosen[found]

    def register(cls, func=None):
        if func is None and first_type(cls) is not None:
            cls, func = first_type(cls), cls
        if not is_a("class", cls):
            refuse("functools.singledispatch: @f.register without a type")
        if func is None:
            return lambda made: register(cls, made)
        chosen[cls] = func
        return func

    @functools.wraps(func)
    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{func.__name__} requires at least 1 positional argument")
        return dispatch(type(args[0]))(*args, **kw)

    wrapper.register, wrapper.dispatch, wrapper.registry = register, dispatch, chosen
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher, self.func = singledispatch(func), func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        if obj is None:
            refuse("functools.singledispatchmethod through the class")

        def method(*args, **kwargs):
            return self.dispatcher.dispatch(type(args[0]))(obj, *args, **kwargs)

        method.register = self.register
        return method


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        args = ", ".join([repr(arg) for arg in self.args])
        keywords = ", ".join([f"{name}={value!r}" for name, value in self.keywords.items()])
        return f"functools.partialmethod({self.func!r}, {args}, {keywords})"

    def __get__(self, obj, cls=None):
        if obj is None:
            refuse("functools.partialmethod through the class")
        return functools.partial(self.func, obj, *self.args, **self.keywords)


def update_wrapper(wrapper, wrapped, assigned=(), updated=()):
    return functools.wraps(wrapped)(wrapper)
