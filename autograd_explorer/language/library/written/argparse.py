"""argparse, for programs that read their settings from a command line that is empty here."""

import sys

SUPPRESS = "==SUPPRESS=="
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, REMAINDER = "?", "*", "+", "..."


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class HelpFormatter:
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(HelpFormatter):
    pass


class BooleanOptionalAction:
    pass


class Namespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __repr__(self):
        shown = [f"{name}={value!r}" for name, value in vars(self).items()]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other):
        if not isinstance(other, Namespace):
            return NotImplemented
        return vars(self) == vars(other)

    def __contains__(self, key):
        return key in vars(self)


class _Argument:
    def __init__(self, names, action="store", nargs=None, const=None, default=None, type=None,
                 choices=None, required=False, help=None, metavar=None, dest=None, version=None):
        if names and not names[0].startswith("-"):
            self.flags, known = (), names[0]
        else:
            self.flags = names
            long = [flag for flag in names if flag.startswith("--")]
            known = (long or list(names))[0].lstrip("-").replace("-", "_") if names else ""
        self.dest = dest or known
        self.action, self.nargs, self.const, self.type = action, nargs, const, type
        self.choices, self.required, self.version = choices, required, version
        self.name = "/".join(names) if self.flags else metavar or self.dest
        if action == "store_true":
            default = False if default is None else default
        if action == "store_false":
            default = True if default is None else default
        self.default = default

    def takes_none(self):
        return self.action in ("store_true", "store_false", "store_const", "append_const", "count",
                               "help", "version", BooleanOptionalAction)


class _Commands:
    """What add_subparsers gives: a parser for each command."""

    def __init__(self, prog, dest, required):
        self.choices, self.prog, self.dest, self.required = {}, prog, dest, required

    def add_parser(self, name, aliases=(), **options):
        options.pop("help", None)
        parser = ArgumentParser(**{"prog": f"{self.prog} {name}", **options})
        for known in (name, *aliases):
            self.choices[known] = parser
        return parser

    def follow(self, parser, found, name, words):
        """Parse the words that stand behind a command, and return those that are left."""
        if self.dest is not None:
            setattr(found, self.dest, name)
        if name not in self.choices:
            choices = ", ".join([repr(choice) for choice in self.choices])
            parser.error(f"argument {self.dest}: invalid choice: {name!r} (choose from {choices})")
        return self.choices[name].parse_known_args(words, found)[1]


class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(),
                 formatter_class=HelpFormatter, prefix_chars="-", fromfile_prefix_chars=None,
                 argument_default=None, conflict_handler="error", add_help=True,
                 allow_abbrev=True, exit_on_error=True):
        self.prog = prog or "program"
        self.description = description
        self._arguments, self._defaults, self._commands = [], {}, None
        for parent in parents:
            self._arguments += parent._arguments

    def add_argument(self, *names, **options):
        argument = _Argument(names, **options)
        for flag in argument.flags:
            if any(flag in other.flags for other in self._arguments):
                raise ArgumentError(
                    f"argument {argument.name}: conflicting option string: {flag}")
        self._arguments.append(argument)
        return argument

    def add_argument_group(self, title=None, description=None):
        return self

    def add_mutually_exclusive_group(self, required=False):
        return self

    def add_subparsers(self, title=None, description=None, prog=None, dest=None, required=False,
                       help=None, metavar=None, parser_class=None):
        self._commands = _Commands(self.prog, dest, required)
        return self._commands

    def set_defaults(self, **defaults):
        self._defaults.update(defaults)
        for argument in self._arguments:
            if argument.dest in defaults:
                argument.default = defaults[argument.dest]

    def get_default(self, dest):
        for argument in self._arguments:
            if argument.dest == dest and argument.default is not None:
                return argument.default
        return self._defaults.get(dest)

    def error(self, message):
        sys.stderr.write(f"{self.prog}: error: {message}\n")
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)

    def parse_args(self, args=None, namespace=None):
        found, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return found

    def parse_known_args(self, args=None, namespace=None):
        words = list(sys.argv[1:] if args is None else args)
        found = Namespace() if namespace is None else namespace
        for argument in self._arguments:
            if argument.action in ("help", "version") or argument.default == SUPPRESS:
                continue
            if not hasattr(found, argument.dest):
                setattr(found, argument.dest, argument.default)
        for name in self._defaults:
            if not hasattr(found, name):
                setattr(found, name, self._defaults[name])
        if self._commands is not None and self._commands.dest is not None:
            setattr(found, self._commands.dest, None)
        seen, loose, rest = [], [], []
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            argument, value = self._option(word)
            if argument is None and word[:1] == "-" and word[1:2] not in ("", "-"):
                argument, value = self._option(word[:2])  # -vv, -n3
                if argument is not None and argument.takes_none():
                    words.insert(at, f"-{word[2:]}")
                elif argument is not None:
                    value = word[2:]
            if argument is None and self._commands is not None and word[:1] != "-":
                rest += self._commands.follow(self, found, word, words[at:])
                break
            if argument is None:
                (rest if word.startswith("--") else loose).append(word)
                continue
            seen.append(argument)
            if argument.takes_none():
                self._note(found, argument, word)
                continue
            given = [] if value is None else [value]
            if value is None:
                most = self._most(argument.nargs)
                while at < len(words) and len(given) < most and not self._is_flag(words[at]):
                    given.append(words[at])
                    at += 1
            self._store(found, argument, given)
        for argument in self._arguments:
            if not argument.flags:
                most = self._most(argument.nargs)
                given, loose = loose[:most], loose[most:]
                if given or argument.nargs not in ("?", "*"):
                    self._store(found, argument, given)
                seen.append(argument)
        if self._commands is not None and self._commands.required:
            if getattr(found, self._commands.dest) is None:
                self.error(f"the following arguments are required: {self._commands.dest}")
        for argument in self._arguments:
            if argument in seen:
                continue
            if argument.required:
                self.error(f"the following arguments are required: {argument.name}")
            if isinstance(argument.default, str) and argument.type is not None:
                if hasattr(found, argument.dest):
                    setattr(found, argument.dest, self._made(argument, argument.default))
        return found, loose + rest

    def _option(self, word):
        name, sign, value = word.partition("=")
        for argument in self._arguments:
            if word in argument.flags:
                return argument, None
            if sign and name in argument.flags:
                return argument, value
            if argument.action is BooleanOptionalAction and word.startswith("--no-"):
                if f"--{word[5:]}" in argument.flags:
                    return argument, None
        if name.startswith("--") and len(name) > 2:
            long = [a for a in self._arguments for flag in a.flags if flag.startswith(name)]
            if len(long) == 1:  # --batch for --batch-size
                return long[0], value if sign else None
        return None, None

    def _is_flag(self, word):
        if word[:1] == "-" and word[1:2].isalpha():  # no negative number
            return True
        return self._option(word)[0] is not None

    def _most(self, nargs):
        if nargs is None or nargs == "?":
            return 1
        return nargs if isinstance(nargs, int) else 10000

    def _note(self, found, argument, word):
        action, dest = argument.action, argument.dest
        if action in ("help", "version"):
            raise SystemExit(0)
        if action == "count":
            setattr(found, dest, (getattr(found, dest, None) or 0) + 1)
        elif action == "append_const":
            setattr(found, dest, [*(getattr(found, dest, None) or []), argument.const])
        elif action == "store_const":
            setattr(found, dest, argument.const)
        elif action is BooleanOptionalAction:
            setattr(found, dest, not word.startswith("--no-"))
        else:
            setattr(found, dest, action == "store_true")

    def _store(self, found, argument, given):
        nargs = argument.nargs
        if not given and (nargs is None or nargs == "+"):
            many = "one" if nargs is None else "at least one"
            self.error(f"argument {argument.name}: expected {many} argument")
        if isinstance(nargs, int) and len(given) != nargs:
            self.error(f"argument {argument.name}: expected {nargs} arguments")
        if not given and nargs == "?":
            value = argument.const if argument.flags else argument.default
        else:
            made = [self._made(argument, word) for word in given]
            value = made[0] if nargs is None or nargs == "?" else made
        if argument.action == "append":
            value = [*(getattr(found, argument.dest, None) or []), value]
        setattr(found, argument.dest, value)

    def _made(self, argument, word):
        kind = argument.type
        try:
            value = word if kind is None else kind(word)
        except ArgumentTypeError as error:
            self.error(f"argument {argument.name}: {error}")
        except (TypeError, ValueError):
            self.error(f"argument {argument.name}: invalid value: {word!r}")
        if argument.choices is not None and value not in argument.choices:
            self.error(f"argument {argument.name}: invalid choice: {value!r}")
        return value
