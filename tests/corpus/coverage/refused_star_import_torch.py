from torch import *
print(ones(2))
