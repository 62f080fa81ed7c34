import torch
from torch import nn
import statistics
from fractions import Fraction
from decimal import Decimal

torch.manual_seed(0)
logits = torch.randn(12, 3)
labels = torch.randint(0, 3, (12,))
pred = logits.softmax(-1).argmax(-1)
cm = torch.zeros(3, 3, dtype=torch.int64)
for t, p in zip(labels.view(-1), pred.view(-1)):
    cm[t.long(), p.long()] += 1
print(cm)
precision = cm.diag() / cm.sum(0).clamp(min=1)
recall = cm.diag() / cm.sum(1).clamp(min=1)
f1 = torch.nan_to_num(2 * precision * recall / (precision + recall))
print(precision, recall, f1)
accs = [(pred == labels).float().mean().item()] + [0.5, 0.75]
print(statistics.mean(accs), statistics.stdev(accs), statistics.median(accs))
print(Fraction(1, 3) + Fraction(1, 6), Decimal("0.1") + Decimal("0.2"))
scores = logits.softmax(1)[:, 1]
order = scores.argsort(descending=True)
tpr = (labels[order] == 1).cumsum(0) / (labels == 1).sum()
fpr = (labels[order] != 1).cumsum(0) / (labels != 1).sum()
print(torch.trapz(tpr, fpr))
print("| class | f1 |\n" + "\n".join(f"| {c} | {v:.2f} |" for c, v in zip("abc", f1.tolist())))
