import torch
import torch.nn as nn
import torch.nn.functional as F


def fgsm_attack(image, epsilon, data_grad):
    sign_data_grad = data_grad.sign()
    perturbed_image = image + epsilon * sign_data_grad
    perturbed_image = torch.clamp(perturbed_image, 0, 1)
    return perturbed_image


def pgd(model, x, y, eps=0.1, alpha=0.03, steps=3):
    delta = torch.zeros_like(x, requires_grad=True)
    for _ in range(steps):
        loss = nn.CrossEntropyLoss()(model(x + delta), y)
        loss.backward()
        delta.data = (delta + alpha * delta.grad.detach().sign()).clamp(-eps, eps)
        delta.grad.zero_()
    return delta.detach()


torch.manual_seed(0)
model = nn.Sequential(nn.Flatten(), nn.Linear(16, 3))
model.eval()
epsilons = [0, .05, .1]
for eps in epsilons:
    correct = 0
    adv_examples = []
    for data, target in [(torch.rand(1, 1, 4, 4), torch.tensor([i % 3])) for i in range(4)]:
        data.requires_grad = True
        output = model(data)
        init_pred = output.max(1, keepdim=True)[1]
        loss = F.nll_loss(F.log_softmax(output, 1), target)
        model.zero_grad()
        loss.backward()
        data_grad = data.grad.data
        perturbed = fgsm_attack(data, eps, data_grad)
        final_pred = model(perturbed).max(1, keepdim=True)[1]
        if final_pred.item() == target.item():
            correct += 1
        if len(adv_examples) < 2:
            adv_ex = perturbed.squeeze().detach().cpu().numpy()
            adv_examples.append((init_pred.item(), final_pred.item(), adv_ex))
    print(f"Epsilon: {eps}\tTest Accuracy = {correct} / 4 = {correct/4.0}")
print(adv_examples[0][2].shape, pgd(model, torch.rand(2, 1, 4, 4), torch.tensor([0, 1])).abs().max())
