import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Categorical, Normal
from collections import namedtuple

torch.manual_seed(1)
SavedAction = namedtuple('SavedAction', ['log_prob', 'value'])


class ActorCritic(nn.Module):
    def __init__(self):
        super().__init__()
        self.affine1 = nn.Linear(3, 16)
        self.action_head = nn.Linear(16, 2)
        self.value_head = nn.Linear(16, 1)
        self.saved_actions = []
        self.rewards = []

    def forward(self, x):
        x = F.relu(self.affine1(x))
        return F.softmax(self.action_head(x), dim=-1), self.value_head(x)


model = ActorCritic()
optimizer = torch.optim.Adam(model.parameters(), lr=3e-2)
for ep in range(8):
    s = torch.zeros(3)
    s[0] = 1
    for t in range(10):
        probs, v = model(s)
        m = Categorical(probs)
        a = m.sample()
        model.saved_actions.append(SavedAction(m.log_prob(a), v))
        s = torch.roll(s, int(a) * 2 - 1)
        model.rewards.append(float(s[2]))
    R, policy_losses, value_losses, returns = 0, [], [], []
    for r in model.rewards[::-1]:
        R = r + 0.9 * R
        returns.insert(0, R)
    returns = torch.tensor(returns)
    returns = (returns - returns.mean()) / (returns.std() + 1e-6)
    for (log_prob, value), R in zip(model.saved_actions, returns):
        advantage = R - value.item()
        policy_losses.append(-log_prob * advantage)
        value_losses.append(F.smooth_l1_loss(value, torch.tensor([R])))
    optimizer.zero_grad()
    loss = torch.stack(policy_losses).sum() + torch.stack(value_losses).sum()
    loss.backward()
    optimizer.step()
    print(f"ep {ep} return {sum(model.rewards):.0f} loss {loss.item():.3f}")
    del model.rewards[:]
    del model.saved_actions[:]
n = Normal(torch.zeros(1, requires_grad=True), torch.ones(1))
z = n.rsample((3,))
print(z.shape, n.log_prob(z).exp().shape, m.entropy().item() > 0, Categorical(logits=torch.zeros(4)).probs)
