print(list(map(str.upper, ["a", "b"])), list(map(len, ["a", "bb"])))
