def check(i):
    print("checking", i)
    return i == 0
print(any(check(i) for i in range(3)))
