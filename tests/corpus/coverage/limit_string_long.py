s = "ab" * 20000
print(len(s))
