class W:
    def __float__(self): return 1.5
    def __int__(self): return 2
    def __index__(self): return 1
print(float(W()), int(W()))
