print(chr(97), ord("a"), hex(255), bin(5), format(3.14159, ".2f"))
