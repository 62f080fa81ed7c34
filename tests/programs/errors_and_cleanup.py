"""try, except, else, finally, raise, assert, and the names of exceptions."""
import torch

def risky(n):
    try:
        if n == 0:
            raise ValueError("n is zero")
        if n == 1:
            return 1 / 0
        if n == 2:
            return [1][5]
        if n == 3:
            return {"a": 1}["b"]
        if n == 4:
            return torch.ones(2) @ torch.ones(3)
        if n == 5:
            assert n < 5, f"n is {n}"
        if n == 6:
            return undefined_name
        if n == 7:
            return None.grad
        if n == 8:
            return torch.ones(2).no_such_method()
        if n == 9:
            return "a" + 1
        return "fine"
    except ZeroDivisionError as e:
        return f"division: {e}"
    except (IndexError, KeyError) as e:
        return f"{type(e).__name__}: {e}"
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    finally:
        print("done", n)

for n in range(11):
    print(risky(n))
try:
    try:
        raise RuntimeError("inner")
    except RuntimeError:
        print("again")
        raise
except RuntimeError as e:
    print("outer", e, e.args)
else:
    print("no")
class MyError(Exception):
    pass
try:
    raise MyError("mine", 3)
except MyError as e:
    print(repr(e))
try:
    int("x")
except ValueError as e:
    print(e)
def needs(a, b, c=1): pass
for call in (lambda: needs(1), lambda: needs(1, 2, 3, 4), lambda: needs(1, 2, d=3), lambda: needs(1, a=2), lambda: needs()):
    try:
        call()
    except TypeError as e:
        print(e)
try:
    a, b = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    for x in 5: pass
except TypeError as e:
    print(e)
