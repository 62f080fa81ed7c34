sorted([1], rev=True)
