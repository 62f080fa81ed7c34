from enum import Enum, auto
class Color(Enum):
    RED = 1
    GREEN = auto()
print(Color.RED, Color.RED.name, Color.RED.value, Color(1), Color['RED'], list(Color), Color.RED == Color.RED, len(Color), {Color.RED: 1}[Color.RED])
for c in Color: print(c)
print(isinstance(Color.RED, Color), Color.RED in Color, repr(Color.RED))