print(pow(base=2, exp=3))
