import torch
s = torch.get_rng_state(); a = torch.rand(1); torch.set_rng_state(s)
print(torch.equal(a, torch.rand(1)))
