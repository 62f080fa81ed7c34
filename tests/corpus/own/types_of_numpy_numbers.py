import torch, numpy as np
print(torch.tensor(np.float64(3)).dtype, torch.tensor([np.float64(1)]).dtype, torch.as_tensor(np.float32(2)).dtype, torch.tensor(np.int32(2)).dtype, torch.tensor(np.float16(2)).dtype)
print((torch.ones(2) * np.float64(2)).dtype, (torch.ones(2, dtype=torch.int32) + np.float64(2)).dtype, torch.full((2,), np.float64(1)).dtype)
print(torch.tensor([np.float32(1), np.float32(2)]).dtype, torch.tensor(np.array([1, 2])).dtype, torch.tensor((np.int64(1), 2.5)).dtype)
print(np.float64(2) * torch.ones(2), np.float32(2) * torch.ones(2), torch.tensor(np.bool_(True)), torch.FloatTensor([np.float64(1.5)]))
print(torch.tensor(np.mean([1., 2.])), torch.tensor(np.array(2.5)).dtype, torch.tensor(np.array([1, 2, 3]).sum()).dtype)
