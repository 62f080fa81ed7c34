import torch, torch.nn as nn, dataclasses
from torch.distributions import Categorical
@dataclasses.dataclass
class Hp:
    gamma: float = .99; lam: float = .95; clip: float = .2; ent: float = .01
hp = Hp(); torch.manual_seed(0)
actor, critic = nn.Linear(3, 2), nn.Linear(3, 1)
opt = torch.optim.Adam([*actor.parameters(), *critic.parameters()], lr=3e-3)
obs = torch.randn(6, 3); rew = torch.tensor([0., 1, 0, 0, 1, 1]); done = torch.tensor([0, 0, 1, 0, 0, 1.])
with torch.no_grad():
    dist = Categorical(logits=actor(obs)); act = dist.sample(); old = dist.log_prob(act); v = critic(obs).squeeze(-1)
adv = torch.zeros_like(rew); last = 0.
for t in reversed(range(len(rew))):
    nxt = v[t + 1] if t + 1 < len(rew) else 0.
    delta = rew[t] + hp.gamma * nxt * (1 - done[t]) - v[t]
    adv[t] = last = delta + hp.gamma * hp.lam * (1 - done[t]) * last
ret = adv + v
for ep in range(2):
    for mb in torch.randperm(6).split(3):
        d = Categorical(logits=actor(obs[mb])); ratio = (d.log_prob(act[mb]) - old[mb]).exp()
        s1, s2 = ratio * adv[mb], ratio.clamp(1 - hp.clip, 1 + hp.clip) * adv[mb]
        loss = -torch.min(s1, s2).mean() + .5 * (critic(obs[mb]).squeeze(-1) - ret[mb]).pow(2).mean() - hp.ent * d.entropy().mean()
        opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(actor.parameters(), .5); opt.step()
    print(ep, loss.item())
