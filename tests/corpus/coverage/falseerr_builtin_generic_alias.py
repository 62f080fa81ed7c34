Vec = list[float]
print(len([1.0]))
