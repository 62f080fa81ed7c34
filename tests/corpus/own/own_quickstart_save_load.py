import torch
from torch import nn


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(4*4, 8),
            nn.ReLU(),
            nn.Linear(8, 8),
            nn.ReLU(),
            nn.Linear(8, 3)
        )

    def forward(self, x):
        x = self.flatten(x)
        logits = self.linear_relu_stack(x)
        return logits


torch.manual_seed(0)
device = torch.accelerator.current_accelerator().type if torch.accelerator.is_available() else "cpu"
print(f"Using {device} device")
model = NeuralNetwork().to(device)
print(model)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
X = torch.rand(2, 4, 4)
loss = loss_fn(model(X), torch.tensor([0, 2]))
loss.backward()
optimizer.step()
optimizer.zero_grad()
torch.save(model.state_dict(), "model.pth")
print("Saved PyTorch Model State to model.pth")
model2 = NeuralNetwork().to(device)
print(model2.load_state_dict(torch.load("model.pth", weights_only=True)))
classes = ["T-shirt/top", "Trouser", "Pullover"]
model2.eval()
with torch.no_grad():
    pred = model2(X)
    predicted, actual = classes[pred[0].argmax(0)], classes[0]
    print(f'Predicted: "{predicted}", Actual: "{actual}"')
for name, param in model2.named_parameters():
    print(f"Layer: {name} | Size: {param.size()} | Values : {param[:2]} \n")
torch.save({
    'epoch': 5,
    'model_state_dict': model.state_dict(),
    'optimizer_state_dict': optimizer.state_dict(),
    'loss': loss,
}, "ckpt.pt")
checkpoint = torch.load("ckpt.pt", weights_only=True)
optimizer.load_state_dict(checkpoint['optimizer_state_dict'])
print(checkpoint['epoch'], checkpoint['loss'], list(checkpoint))
