"""The hostile programs: files with what is expected of them in the first line, and relatives."""

from dataclasses import dataclass
from pathlib import Path

from tests.hostile.relatives import RELATIVES

FOLDER = Path(__file__).parent / "programs"
# What the first letter of a file stands for.
KINDS = {
    "e": "reaches for what is not a program's",
    "r": "makes run() itself raise",
    "p": "changes what the process shares",
    "l": "leaves memory or warnings behind",
    "m": "takes memory",
    "n": "makes a kernel of PyTorch read or write elsewhere",
    "t": "does not end",
    "s": "overflows the C stack",
    "d": "nests data deeply",
    "g": "has a graph that is hard to draw",
    "x": "divides the smallest whole number by -1",
}


@dataclass(frozen=True)
class Hostile:
    """.expected  in the words of its first line"""

    name: str
    source: str
    expected: str

    @property
    def kind(self) -> str:
        return self.name[0]


def read(path):
    with path.open(encoding="utf-8", errors="surrogatepass", newline="") as file:
        source = file.read()
    first = source.partition("\n")[0]
    return Hostile(path.stem, source, first.partition("expected safe behaviour: ")[2].strip())


def corpus():
    found = [read(path) for path in sorted(FOLDER.glob("*.py"))]
    return found + [
        Hostile(name, source, expected) for name, (expected, source) in RELATIVES.items()
    ]
