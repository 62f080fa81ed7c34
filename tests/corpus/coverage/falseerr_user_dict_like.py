class Vocab:
    def __init__(self, words): self.ids = {w: i for i, w in enumerate(words)}
    def __len__(self): return len(self.ids)
    def __getitem__(self, w): return self.ids[w]
    def __contains__(self, w): return w in self.ids
v = Vocab(["a", "b"])
print(len(v), v["b"], "z" in v)
