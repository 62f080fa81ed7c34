import operator
print(sorted([(1, "b"), (0, "a")], key=operator.itemgetter(0)))
