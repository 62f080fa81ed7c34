print(map(str, [1]), filter(None, [1]))
