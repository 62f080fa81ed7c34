print(int("ff", 16), int("101", base=2), (5).bit_length(), float("inf"), 1e-3)
