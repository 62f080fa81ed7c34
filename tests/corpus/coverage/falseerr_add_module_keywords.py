from torch import nn
m = nn.Sequential()
m.add_module(name="fc", module=nn.Linear(1, 1))
print(m)
