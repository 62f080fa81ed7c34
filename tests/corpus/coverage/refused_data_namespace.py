import torch.utils.data as data
print(data.TensorDataset)
