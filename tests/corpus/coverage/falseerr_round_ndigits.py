print(round(2.34567, ndigits=2))
