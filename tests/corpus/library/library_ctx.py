import contextlib, time
@contextlib.contextmanager
def timer(n):
    print('start', n)
    try:
        yield n * 2
    finally:
        print('end')
with timer(3) as t: print(t)
try:
    with timer(1): 1/0
except ZeroDivisionError as e: print('got', e)
with contextlib.suppress(ValueError): raise ValueError
print('ok')