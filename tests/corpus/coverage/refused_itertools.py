import itertools
print(list(itertools.product([0, 1], repeat=2)), list(itertools.chain([1], [2])))
