print(dict.fromkeys("ab", 0), str.join("-", ["a", "b"]), list.sort)
