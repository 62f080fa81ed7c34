import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
teacher = nn.Sequential(nn.Linear(10, 64), nn.ReLU(), nn.Linear(64, 4)).eval()
student = nn.Sequential(nn.Linear(10, 8), nn.ReLU(), nn.Linear(8, 4))


def distillation_loss(student_logits, teacher_logits, labels, T=4.0, alpha=0.7):
    soft = F.kl_div(F.log_softmax(student_logits / T, dim=1),
                    F.softmax(teacher_logits / T, dim=1),
                    reduction="batchmean") * (T * T)
    hard = F.cross_entropy(student_logits, labels)
    return alpha * soft + (1 - alpha) * hard, soft.detach(), hard.detach()


x = torch.randn(100, 10)
with torch.inference_mode():
    t_logits = teacher(x)
labels = t_logits.argmax(1)
t_logits = t_logits.clone()
opt = torch.optim.AdamW(student.parameters(), lr=0.01, weight_decay=0.01)
for epoch in range(25):
    s_logits = student(x)
    loss, soft, hard = distillation_loss(s_logits, t_logits, labels)
    opt.zero_grad()
    loss.backward()
    opt.step()
    if epoch % 8 == 0:
        print(f"{epoch:02d} total={loss.item():.3f} soft={soft:.3f} hard={hard:.3f} acc={(s_logits.argmax(1) == labels).float().mean():.1%}")
n_t, n_s = (sum(p.numel() for p in m.parameters()) for m in (teacher, student))
print(f"compression: {n_t:,} -> {n_s:,} ({n_t / n_s:.1f}x)")
print(all(p.grad is None for p in teacher.parameters()))
