queue = [1]
for i, v in enumerate(queue):
    if v < 4:
        queue.append(v + 1)
print(queue)
