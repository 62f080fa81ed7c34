class D(dict):
    pass
print(D(a=1))
