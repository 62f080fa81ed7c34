print("a b c".split(maxsplit=1), "a,b".split(sep=","))
