import numbers
print(isinstance(1, numbers.Number))
