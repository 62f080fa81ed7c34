a = [0]
b = a
a *= 3
print(b)
