xs = [3, None]
print(all(x is not None and x > 5 for x in xs), any(x == 3 or x > 1 for x in xs))
