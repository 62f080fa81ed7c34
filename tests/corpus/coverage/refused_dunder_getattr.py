class Lazy:
    def __getattr__(self, name): return name.upper()
print(Lazy().hello)
