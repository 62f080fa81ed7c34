import torch
x = torch.arange(4.).reshape(2, 2)
print(x.gather(dim=1, index=torch.tensor([[0], [1]])), torch.triu(x, diagonal=1))
