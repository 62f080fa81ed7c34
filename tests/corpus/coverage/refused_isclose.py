import math
print(math.isclose(1.0, 1.0 + 1e-10, rel_tol=1e-9))
