class Timer:
    def __enter__(self):
        print("in")
        return self
    def __exit__(self, *exc):
        print("out")
        return False
with Timer() as t:
    print("body")
