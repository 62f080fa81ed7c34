import torch
import torch.nn as nn
import torch.nn.functional as F


def distillation_loss(student_logits, teacher_logits, labels, T=2.0, alpha=0.25):
    soft_targets = nn.functional.softmax(teacher_logits / T, dim=-1)
    soft_prob = nn.functional.log_softmax(student_logits / T, dim=-1)
    soft_targets_loss = torch.sum(soft_targets * (soft_targets.log() - soft_prob)) / soft_prob.size()[0] * (T**2)
    label_loss = F.cross_entropy(student_logits, labels)
    return alpha * soft_targets_loss + (1 - alpha) * label_loss


torch.manual_seed(42)
teacher = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, 3))
student = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 3))
teacher.eval()
student.train()
optimizer = torch.optim.Adam(student.parameters(), lr=0.01)
inputs, labels = torch.randn(8, 4), torch.randint(0, 3, (8,))
running_loss = 0.0
for epoch in range(3):
    optimizer.zero_grad()
    with torch.no_grad():
        teacher_logits = teacher(inputs)
    loss = distillation_loss(student(inputs), teacher_logits, labels)
    loss.backward()
    optimizer.step()
    running_loss += loss.item()
    print(f"Epoch {epoch+1}/3, Loss: {running_loss / (epoch + 1)}")
print(f"Teacher parameters: {sum(p.numel() for p in teacher.parameters()):,}", f"{student.training=}", f"{0.1234:.1%}")
_, predicted = torch.max(student(inputs).data, 1)
print("Accuracy: {:.2f}%".format(100 * (predicted == labels).sum().item() / labels.size(0)))
