"""fractions: numbers as a whole number over another."""

import math


class Fraction:
    def __init__(self, numerator=0, denominator=None):
        if denominator is None:
            if isinstance(numerator, Fraction):
                numerator, denominator = numerator.numerator, numerator.denominator
            elif isinstance(numerator, str):
                top, _, bottom = numerator.strip().partition("/")
                numerator, denominator = float(top).as_integer_ratio() if "." in top else (
                    int(top), int(bottom or 1))
            elif isinstance(numerator, (int, float)):
                numerator, denominator = numerator.as_integer_ratio()
            else:
                raise TypeError("argument should be a string or a Rational instance")
        elif isinstance(numerator, Fraction) or isinstance(denominator, Fraction):
            whole = Fraction(numerator) / Fraction(denominator)
            numerator, denominator = whole.numerator, whole.denominator
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        shared = math.gcd(numerator, denominator) * (1 if denominator > 0 else -1)
        self.numerator, self.denominator = numerator // shared, denominator // shared

    def limit_denominator(self, max_denominator=1000000):
        if self.denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self.numerator, self.denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        one, two = Fraction(p0 + k * p1, q0 + k * q1), Fraction(p1, q1)
        return two if abs(two - self) <= abs(one - self) else one

    def as_integer_ratio(self):
        return self.numerator, self.denominator

    def __repr__(self):
        return f"Fraction({self.numerator}, {self.denominator})"

    def __str__(self):
        return str(self.numerator) if self.denominator == 1 else (
            f"{self.numerator}/{self.denominator}")

    def _with(self, other, whole, real):
        if isinstance(other, float):
            return real(float(self), other)
        if isinstance(other, int):
            other = Fraction(other)
        return whole(self, other) if isinstance(other, Fraction) else NotImplemented

    def __add__(self, other):
        return self._with(other, lambda a, b: Fraction(
            a.numerator * b.denominator + b.numerator * a.denominator,
            a.denominator * b.denominator), lambda a, b: a + b)

    def __radd__(self, other):
        return self + other

    def __neg__(self):
        return Fraction(-self.numerator, self.denominator)

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        return self._with(other, lambda a, b: Fraction(
            a.numerator * b.numerator, a.denominator * b.denominator), lambda a, b: a * b)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self._with(other, lambda a, b: Fraction(
            a.numerator * b.denominator, a.denominator * b.numerator), lambda a, b: a / b)

    def __rtruediv__(self, other):
        return other / float(self) if isinstance(other, float) else Fraction(other) / self

    def __pow__(self, n):
        if not isinstance(n, int):
            return float(self) ** n
        top, bottom = self.numerator, self.denominator
        return Fraction(top**n, bottom**n) if n >= 0 else Fraction(bottom**-n, top**-n)

    def __abs__(self):
        return Fraction(abs(self.numerator), self.denominator)

    def __float__(self):
        return self.numerator / self.denominator

    def __int__(self):
        return self.numerator // self.denominator if self.numerator > 0 else -(
            -self.numerator // self.denominator)

    def __bool__(self):
        return self.numerator != 0

    def __hash__(self):
        if self.denominator == 1:
            return hash(self.numerator)
        as_float = float(self)
        exact = as_float.as_integer_ratio() == (self.numerator, self.denominator)
        return hash(as_float if exact else (self.numerator, self.denominator))

    def __eq__(self, other):
        if isinstance(other, float):
            return float(self) == other
        other = Fraction(other) if isinstance(other, int) else other
        if not isinstance(other, Fraction):
            return NotImplemented
        return (self.numerator, self.denominator) == (other.numerator, other.denominator)

    def _compared(self, other, holds):
        if not isinstance(other, (int, float, Fraction)):
            return NotImplemented
        if isinstance(other, float) and not math.isfinite(other):
            return holds(0.0, other)
        other = Fraction(other)
        return holds(self.numerator * other.denominator, other.numerator * self.denominator)

    def __lt__(self, other):
        return self._compared(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._compared(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._compared(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._compared(other, lambda a, b: a >= b)
