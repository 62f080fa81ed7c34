from collections import defaultdict
history = defaultdict(list)
for step in range(3):
    history["loss"].append(1 / (step + 1))
print(history["loss"][-1])
