def kind(x):
    match x:
        case 0: return "zero"
        case [a, b]: return "pair"
        case _: return "other"
print(kind(0), kind([1, 2]), kind("s"))
