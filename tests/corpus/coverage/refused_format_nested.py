for w in (6, 10):
    print("{:{width}.2f}|".format(3.14159, width=w))
