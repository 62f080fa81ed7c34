from torch import nn
class M(nn.Module):
    def __init__(self):
        super().__init__(); self.fc = nn.Linear(1, 1)
    def __getattr__(self, name):
        return super().__getattr__(name)
print(M().fc)
