import heapq
import bisect
import math
import torch

torch.manual_seed(0)
trans = torch.randn(4, 4).log_softmax(-1)


def beam_search(start, length, k):
    beams = [(0.0, [start])]
    for _ in range(length):
        cand = []
        for score, seq in beams:
            for nxt, lp in enumerate(trans[seq[-1]].tolist()):
                heapq.heappush(cand, (-(score + lp), seq + [nxt]))
        beams = [(-s, q) for s, q in heapq.nsmallest(k, cand)]
    return beams


for score, seq in beam_search(0, 3, 2):
    print(round(score, 4), seq)
xs = [1, 3, 5]
bisect.insort(xs, 4)
print(xs, bisect.bisect_left(xs, 3), math.isclose(0.1 + 0.2, 0.3), math.inf, math.floor(-1.5), math.gcd(12, 18), math.comb(5, 2), math.prod([1, 2, 3]))


def viterbi(obs, init, trans):
    T, N = obs.shape
    delta, back = init + obs[0], []
    for t in range(1, T):
        best = (delta[:, None] + trans).max(dim=0)
        delta = best.values + obs[t]
        back.append(best.indices)
    path = [int(delta.argmax())]
    for b in reversed(back):
        path.insert(0, int(b[path[0]]))
    return path


obs = torch.randn(5, 4, requires_grad=True)
print(viterbi(obs, torch.zeros(4), trans))
alpha = obs[0]
for t in range(1, 5):
    alpha = torch.logsumexp(alpha[:, None] + trans, 0) + obs[t]
alpha.logsumexp(0).backward()
print(obs.grad.sum(1))
