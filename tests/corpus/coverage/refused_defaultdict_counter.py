from collections import defaultdict, Counter, deque
d = defaultdict(list); d["a"].append(1)
print(dict(d), Counter("abca").most_common(1), deque([1, 2], maxlen=2))
