from functools import partial
def power(x, n): return x ** n
square = partial(power, n=2)
print(square(3))
