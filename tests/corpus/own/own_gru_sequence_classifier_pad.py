import torch, torch.nn as nn
from torch.nn.utils.rnn import pad_sequence, pack_padded_sequence
torch.manual_seed(0)
texts = ["good movie", "bad", "very very good film", "terrible bad movie"]
labels = torch.tensor([1., 0., 1., 0.])
vocab = {w: i + 1 for i, w in enumerate(sorted({w for t in texts for w in t.split()}))}
def collate(batch):
    ids = [torch.tensor([vocab[w] for w in t.split()]) for t, _ in batch]
    lens = torch.as_tensor(list(map(len, ids)))
    return pad_sequence(ids, batch_first=True), lens, torch.stack([l for _, l in batch])
loader = torch.utils.data.DataLoader(list(zip(texts, labels)), batch_size=2, collate_fn=collate)
class Clf(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(len(vocab) + 1, 4, padding_idx=0)
        self.gru = nn.GRU(4, 5, batch_first=True)
        self.out = nn.Linear(5, 1)
    def forward(self, x, lens):
        p = pack_padded_sequence(self.emb(x), lens.cpu(), batch_first=True, enforce_sorted=False)
        _, h = self.gru(p)
        return self.out(h[-1]).squeeze(-1)
net = Clf(); opt = torch.optim.Adam(net.parameters(), lr=.05); bce = nn.BCEWithLogitsLoss()
for ep in range(3):
    for x, lens, y in loader:
        opt.zero_grad(); loss = bce(net(x, lens), y); loss.backward(); opt.step()
    print(ep, f'{loss:.4f}', torch.sigmoid(net(x, lens)).round().tolist())
