a = list(range(10))
print(a[::-2], a[1:-1:3], a[slice(1, 4)])
