try:
    raise StopIteration
except BaseException as e:
    print(type(e).__name__)
