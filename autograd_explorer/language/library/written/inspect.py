"""inspect: what a function or class of the program's, or of PyTorch's, takes, and which of the
program's functions are running."""

from collections import namedtuple


class _Empty:
    pass


class Parameter:
    empty = _Empty
    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __init__(self, name, kind, *, default=_Empty, annotation=_Empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation
        self._words = ""

    def __str__(self):
        stars = {"variadic positional": "*", "variadic keyword": "**"}.get(self.kind, "")
        said = f": {self._words}" if self._words else ""
        equals = " = " if said else "="
        default = "" if self.default is _Empty else f"{equals}{self.default!r}"
        return f"{stars}{self.name}{said}{default}"

    def __repr__(self):
        return f'<Parameter "{self}">'


class Signature:
    empty = _Empty

    def __init__(self, parameters=(), *, return_annotation=_Empty):
        self.parameters = {parameter.name: parameter for parameter in parameters}
        self.return_annotation, self._words = return_annotation, ""

    def __str__(self):
        parts, starred, last = [], False, ""
        for parameter in self.parameters.values():
            if last == "positional-only" != parameter.kind:
                parts.append("/")
            if parameter.kind == "variadic positional":
                starred = True
            elif parameter.kind == "keyword-only" and not starred:
                parts.append("*")
                starred = True
            parts.append(str(parameter))
            last = parameter.kind
        arrow = f" -> {self._words}" if self._words else ""
        return f"({', '.join(parts + ['/'] * (last == 'positional-only'))}){arrow}"

    def __repr__(self):
        return f"<Signature {self}>"


class FullArgSpec:
    def __init__(self, args, varargs, varkw, defaults):
        self.args, self.varargs, self.varkw, self.defaults = args, varargs, varkw, defaults


def signature(obj):
    made = Signature()
    for name, kind, annotation, words, *given in parameters_of(obj):
        if not words:
            annotation = _Empty
        if not kind:
            made.return_annotation, made._words = annotation, words
            continue
        parameter = Parameter(name, kind, default=given[0] if given else _Empty)
        parameter.annotation, parameter._words = annotation, words
        made.parameters[name] = parameter
    return made


def getdoc(object):
    doc = object.__doc__
    if not isinstance(doc, str):
        return None
    lines = doc.expandtabs().split("\n")
    rest = [line for line in lines[1:] if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in rest), default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getfullargspec(func):
    parts = list(signature(func).parameters.values())
    usual = [p for p in parts if p.kind in ("positional-only", "positional or keyword")]
    stars = {p.kind: p.name for p in parts}
    defaults = tuple(p.default for p in usual if p.default is not _Empty)
    names = [p.name for p in usual]
    star, two = stars.get("variadic positional"), stars.get("variadic keyword")
    return FullArgSpec(names, star, two, defaults or None)


def isclass(object):
    return is_a("class", object)


def isfunction(object):
    return is_a("function", object)


def ismethod(object):
    return is_a("method", object)


def isgenerator(object):
    return is_a("generator", object)


ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")


class _Code:
    def __init__(self, name):
        self.co_name = name

    def __getattr__(self, name):
        refuse(f"frame.f_code.{name}")


class _Frame:
    def __init__(self, frames):
        (name, *self._arguments, self.f_locals), *self._around = frames
        self.f_code = _Code(name)

    @property
    def f_back(self):
        if self._around:
            return _Frame(self._around)
        if self.f_code.co_name != "<module>":
            refuse("frame.f_back")

    def __getattr__(self, name):
        refuse(f"frame.{name}")


def currentframe():
    return _Frame(frames_now())


def getargvalues(frame):
    return ArgInfo(*frame._arguments, frame.f_locals)
