def batches(xs, n):
    for i in range(0, len(xs), n):
        yield xs[i:i + n]
for b in batches([1, 2, 3, 4, 5], 2):
    print(b)
