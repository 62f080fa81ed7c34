from torch import nn
class A(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.l = nn.Linear(1, 1)
print(A())
