import re, string, unicodedata, collections, random, io, json
import torch
from torch.utils.data import Dataset, DataLoader
RAW = '''Hello, World! It's 3 o'clock.\nThe quick brown fox -- jumps over 2 lazy dogs?\nüber-cool naïve café'''
def unicodeToAscii(s): return ''.join(c for c in unicodedata.normalize('NFD', s) if unicodedata.category(c) != 'Mn' and c in string.ascii_letters + " .,;'-")
def normalizeString(s): s = unicodeToAscii(s.lower().strip()); s = re.sub(r"([.!?])", r" \1", s); return re.sub(r"[^a-zA-Z!?]+", r" ", s).strip()
lines = [normalizeString(l) for l in RAW.split('\n')]; print(lines, re.findall(r'\d+', RAW), re.split(r'[,\s]+', 'a, b  c'), re.match(r'(?P<w>\w+)', RAW).group('w'), re.search(r'(\w+) fox', RAW).span(), [m.start() for m in re.finditer('o', RAW)][:3], re.compile(r'^the', re.I | re.M).findall(RAW), re.sub(r'(\w)(\w+)', lambda m: m[2] + m[1], 'ab cd'), bool(re.fullmatch('[a-z]+', 'abc')), re.escape('a.b'))
class Lang:
    def __init__(self): self.w2i, self.i2w, self.cnt = {}, {0: 'PAD', 1: 'UNK'}, collections.Counter()
    def add(self, s):
        for w in s.split():
            if w not in self.w2i: self.w2i[w] = len(self.i2w); self.i2w[self.w2i[w]] = w
            self.cnt[w] += 1
        return self
    __getitem__ = lambda self, w: self.w2i.get(w, 1)
    def __len__(self): return len(self.i2w)
L = Lang()
for l in lines: L.add(l)
class Text(Dataset):
    def __init__(self, lines, lang, n=3): ids = [lang[w] for l in lines for w in l.split()]; self.X = [ids[i:i + n] for i in range(len(ids) - n)]; self.Y = ids[n:]
    def __len__(self): return len(self.X)
    def __getitem__(self, i): return torch.tensor(self.X[i]), self.Y[i]
dl = DataLoader(Text(lines, L), batch_size=4, shuffle=False); x, y = next(iter(dl)); emb = torch.nn.Embedding(len(L), 4); head = torch.nn.Linear(4, len(L)); torch.nn.functional.cross_entropy(head(emb(x).mean(1)), y).backward(); print(x.shape, y, emb.weight.grad.norm() > 0, L.cnt.most_common(1), 'zzz' in L.w2i, L['zzz'])
