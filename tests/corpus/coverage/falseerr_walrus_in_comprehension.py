xs = [1, 5, 2]
print([y for x in xs if (y := x * 2) > 3])
print(y)
