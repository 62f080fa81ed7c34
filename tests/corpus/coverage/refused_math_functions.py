import math
print(math.pow(2, 3), math.floor(2.7), math.log(8, 2), math.fsum([.1] * 3), math.perm(4, 2), math.modf(2.5), math.frexp(8))
