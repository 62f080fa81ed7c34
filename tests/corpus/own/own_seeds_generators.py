import random
import numpy as np
import torch


def set_seed(seed: int = 42) -> None:
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.cuda.manual_seed_all(seed)
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False
    print(f"Random seed set as {seed}")


set_seed()
print(random.random(), np.random.rand(), torch.rand(1))
set_seed(42)
print(random.randint(0, 100), np.random.randint(0, 100, size=3), torch.randint(0, 100, (3,)))
g1 = torch.Generator().manual_seed(0)
g2 = torch.Generator()
g2.set_state(g1.get_state())
print(torch.equal(torch.randn(3, generator=g1), torch.randn(3, generator=g2)), g1.initial_seed())
state = torch.get_rng_state()
a = torch.rand(2)
torch.set_rng_state(state)
b = torch.rand(2)
print(a == b)
with torch.random.fork_rng():
    torch.manual_seed(7)
    inside = torch.rand(1)
after = torch.rand(1)
torch.set_rng_state(state); torch.rand(2)
print(torch.equal(after, torch.rand(1)))
rng = np.random.default_rng(123)
print(rng.integers(0, 10, 5), rng.standard_normal(2).round(4), rng.choice(["a", "b"], 1).shape if False else rng.permutation(5))
r = random.Random(5)
print(r.sample(range(20), 4), r.choice("xyz"), r.gauss(0, 1))
