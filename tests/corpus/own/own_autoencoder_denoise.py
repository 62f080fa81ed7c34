import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
num_epochs, batch_size, learning_rate = 4, 32, 1e-2
basis = torch.randn(3, 12)
data = torch.sigmoid(torch.randn(128, 3) @ basis)


class autoencoder(nn.Module):
    def __init__(self):
        super(autoencoder, self).__init__()
        self.encoder = nn.Sequential(
            nn.Linear(12, 8),
            nn.ReLU(True),
            nn.Linear(8, 3))
        self.decoder = nn.Sequential(
            nn.Linear(3, 8),
            nn.ReLU(True),
            nn.Linear(8, 12), nn.Sigmoid())

    def forward(self, x):
        x = self.encoder(x)
        x = self.decoder(x)
        return x


model = autoencoder()
criterion = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate, weight_decay=1e-5)
for epoch in range(num_epochs):
    for (img,) in DataLoader(TensorDataset(data), batch_size=batch_size, shuffle=True):
        noisy = img + 0.1 * torch.randn(*img.shape)
        output = model(noisy)
        loss = criterion(output, img)
        MSE_loss = nn.MSELoss()(output, img)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print('epoch [{}/{}], loss:{:.4f}, MSE_loss:{:.4f}'
          .format(epoch + 1, num_epochs, loss.data.item(), MSE_loss.data))
U, Sv, Vh = torch.linalg.svd(data - data.mean(0), full_matrices=False)
rec = (U[:, :3] * Sv[:3]) @ Vh[:3] + data.mean(0)
print("pca error %.5f" % torch.mean((rec - data) ** 2), "codes", model.encoder(data).std(0).shape)
torch.save(model.state_dict(), './sim_autoencoder.pth')
