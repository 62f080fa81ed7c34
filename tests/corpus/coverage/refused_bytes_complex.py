print(b"ab", 1j * 1j, (2 + 3j).real)
