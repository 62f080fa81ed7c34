def double(v):
    print("double", v)
    return 2 * v
m = map(double, [1, 2])
print("made")
print(list(m))
