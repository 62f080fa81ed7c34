import torch
n = torch.zeros(2, 1).detach().numpy()
print(n.squeeze(), n.flatten(), n.reshape(1, 2), n.astype("int64"))
