for i in range(2000):
    print("epoch", i, "loss is still going down, here is a long line about it")
