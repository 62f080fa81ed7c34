import math
import numpy as np
import torch
from torch.utils.data import Dataset, DataLoader
class WineDataset(Dataset):
    def __init__(self, transform=None):
        rng = np.random.default_rng(1)
        xy = rng.random((11, 4)).astype(np.float32)
        self.n_samples = xy.shape[0]
        self.x_data = xy[:, 1:]
        self.y_data = xy[:, [0]]
        self.transform = transform
    def __getitem__(self, index):
        sample = self.x_data[index], self.y_data[index]
        if self.transform:
            sample = self.transform(sample)
        return sample
    def __len__(self):
        return self.n_samples
class ToTensor:
    def __call__(self, sample):
        inputs, targets = sample
        return torch.from_numpy(inputs), torch.from_numpy(targets)
class MulTransform:
    def __init__(self, factor): self.factor = factor
    def __call__(self, sample):
        inputs, targets = sample
        inputs *= self.factor
        return inputs, targets
class Compose:
    def __init__(self, ts): self.transforms = ts
    def __call__(self, x):
        for t in self.transforms: x = t(x)
        return x
ds = WineDataset(transform=Compose([ToTensor(), MulTransform(4)]))
f, l = ds[0]
print(type(f), f, l)
loader = DataLoader(dataset=ds, batch_size=4, shuffle=False, num_workers=0)
n_iterations = math.ceil(len(ds) / 4)
for epoch in range(1):
    for i, (inputs, labels) in enumerate(loader):
        print(f'Epoch: {epoch+1}, Step {i+1}/{n_iterations}| Inputs {inputs.shape} | Labels {labels.shape}')
