class MyError(ValueError):
    pass
try:
    try:
        [][1]
    except IndexError as e:
        raise MyError("bad") from e
except MyError as e:
    print(repr(e), repr(e.__cause__))
