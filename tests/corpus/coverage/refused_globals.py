x = 1
print("x" in globals())
