print("a", ends="")
