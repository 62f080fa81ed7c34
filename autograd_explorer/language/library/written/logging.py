"""logging: what goes to sys.stdout is printed. What goes to stderr, as it does by default, or to a
file is not shown."""

import datetime
import sys
import traceback

NOTSET = 0
DEBUG = 10
INFO = 20
WARNING = 30
WARN = 30
ERROR = 40
CRITICAL = 50
FATAL = 50
BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
_names = {0: "NOTSET", 10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL"}
_loggers = {}
_disabled = {"up to": 0}


def _number_of(level):
    if isinstance(level, str):
        for number, name in _names.items():
            if name == level:
                return number
        raise ValueError(f"Unknown level: {level!r}")
    return level


def getLevelName(level):
    return _names.get(level, f"Level {level}")


def addLevelName(level, levelName):
    _names[level] = levelName


class LogRecord:
    def __init__(self, name, level, msg, args):
        self.name, self.levelno, self.msg, self.args = name, level, msg, args
        self.levelname = getLevelName(level)
        self.lineno, self.funcName = place_now()
        self.created = datetime.datetime.now()

    def getMessage(self):
        text = str(self.msg)
        if len(self.args) == 1 and isinstance(self.args[0], dict) and self.args[0]:
            return text % self.args[0]
        return text % self.args if self.args else text


class Formatter:
    default_msec_format = "%s,%03d"

    def __init__(self, fmt=None, datefmt=None, style="%"):
        if style != "%":
            refuse("logging.Formatter(style=…)")
        self.fmt, self.datefmt = fmt or "%(message)s", datefmt

    def formatTime(self, record, datefmt=None):
        if datefmt:
            return record.created.strftime(datefmt)
        seconds = record.created.strftime("%Y-%m-%d %H:%M:%S")
        return self.default_msec_format % (seconds, record.created.microsecond // 1000)

    def format(self, record):
        fields = {
            "name": record.name,
            "levelname": record.levelname,
            "levelno": record.levelno,
            "message": record.getMessage(),
            "lineno": record.lineno,
            "funcName": record.funcName,
            "filename": "program.py",
            "module": "program",
        }
        if "%(asctime)" in self.fmt:
            fields["asctime"] = self.formatTime(record, self.datefmt)
        try:
            return self.fmt % fields
        except KeyError as error:
            refuse(f"logging: %({error.args[0]})s")


class Handler:
    def __init__(self, level=NOTSET):
        self.level, self.formatter, self.filters = _number_of(level), Formatter(), []

    def setLevel(self, level):
        self.level = _number_of(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def addFilter(self, filter):
        self.filters.append(filter)

    def format(self, record):
        return self.formatter.format(record)

    def handle(self, record):
        for filter in self.filters:
            if not (filter.filter(record) if hasattr(filter, "filter") else filter(record)):
                return
        self.emit(record)

    def emit(self, record):
        pass

    def flush(self):
        pass

    def close(self):
        pass


class NullHandler(Handler):
    pass


class StreamHandler(Handler):
    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = sys.stderr if stream is None else stream

    def emit(self, record):
        self.stream.write(self.format(record) + self.terminator)


class FileHandler(Handler):
    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        super().__init__()
        self.baseFilename = filename


class Filter:
    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return not self.name or (record.name + ".").startswith(self.name + ".")


class Logger:
    def __init__(self, name, level=NOTSET):
        self.name, self.level, self.parent = name, _number_of(level), None
        self.handlers, self.filters, self.propagate, self.disabled = [], [], True, False

    def setLevel(self, level):
        self.level = _number_of(level)

    def getEffectiveLevel(self):
        logger = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        return level > _disabled["up to"] and level >= self.getEffectiveLevel()

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def hasHandlers(self):
        logger = self
        while logger is not None:
            if logger.handlers:
                return True
            logger = logger.parent if logger.propagate else None
        return False

    def addFilter(self, filter):
        self.filters.append(filter)

    def getChild(self, suffix):
        return getLogger(f"{self.name}.{suffix}")

    def log(self, level, msg, *args, exc_info=None, stack_info=False, stacklevel=1, extra=None):
        if self.disabled or not self.isEnabledFor(level):
            return
        record = LogRecord(self.name, level, msg, args)
        for filter in self.filters:
            if not (filter.filter(record) if hasattr(filter, "filter") else filter(record)):
                return
        logger = self
        while logger is not None:
            for handler in logger.handlers:
                if level >= handler.level:
                    handler.handle(record)
                    if exc_info and getattr(handler, "stream", None) is not None:
                        handler.stream.write(traceback.format_exc())
            logger = logger.parent if logger.propagate else None

    def debug(self, msg, *args, **options):
        self.log(DEBUG, msg, *args, **options)

    def info(self, msg, *args, **options):
        self.log(INFO, msg, *args, **options)

    def warning(self, msg, *args, **options):
        self.log(WARNING, msg, *args, **options)

    def warn(self, msg, *args, **options):
        self.log(WARNING, msg, *args, **options)

    def error(self, msg, *args, **options):
        self.log(ERROR, msg, *args, **options)

    def critical(self, msg, *args, **options):
        self.log(CRITICAL, msg, *args, **options)

    def exception(self, msg, *args, exc_info=True, **options):
        self.log(ERROR, msg, *args, exc_info=exc_info, **options)

    def __repr__(self):
        return f"<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"


class RootLogger(Logger):
    pass


root = RootLogger("root", WARNING)


def getLogger(name=None):
    if not name or name == "root":
        return root
    if not isinstance(name, str):
        raise TypeError("A logger name must be a string")
    if name not in _loggers:
        made = Logger(name)
        made.parent = root
        for other in sorted(_loggers):
            if name.startswith(other + "."):
                made.parent = _loggers[other]
            elif other.startswith(name + ".") and len(_loggers[other].parent.name) < len(name):
                _loggers[other].parent = made
        _loggers[name] = made
    return _loggers[name]


def basicConfig(filename=None, filemode="a", format=BASIC_FORMAT, datefmt=None, style="%",
                level=None, stream=None, handlers=None, force=False, encoding=None, errors=None):
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if handlers is None:
        handlers = [FileHandler(filename) if filename else StreamHandler(stream)]
    for handler in handlers:
        handler.setFormatter(Formatter(format, datefmt, style))
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def disable(level=CRITICAL):
    _disabled["up to"] = _number_of(level)


def captureWarnings(capture):
    pass


def log(level, msg, *args, **options):
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args, **options)


def debug(msg, *args, **options):
    log(DEBUG, msg, *args, **options)


def info(msg, *args, **options):
    log(INFO, msg, *args, **options)


def warning(msg, *args, **options):
    log(WARNING, msg, *args, **options)


def error(msg, *args, **options):
    log(ERROR, msg, *args, **options)


def critical(msg, *args, **options):
    log(CRITICAL, msg, *args, **options)


def exception(msg, *args, exc_info=True, **options):
    log(ERROR, msg, *args, exc_info=exc_info, **options)
