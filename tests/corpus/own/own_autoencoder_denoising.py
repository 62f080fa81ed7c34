import torch
from torch import nn, optim

torch.manual_seed(0)


class ConvAutoencoder(nn.Module):
    def __init__(self):
        super(ConvAutoencoder, self).__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 4, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(4, 8, 3, stride=2, padding=1),
            nn.ReLU())
        self.decoder = nn.Sequential(
            nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(4, 1, 3, stride=2, padding=1, output_padding=1),
            nn.Sigmoid())

    def forward(self, x):
        return self.decoder(self.encoder(x))


net = ConvAutoencoder()
criterion = nn.MSELoss()
optimizer = optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-5)
img = torch.rand(4, 1, 8, 8)
for epoch in range(2):
    noisy = torch.clamp(img + 0.3 * torch.randn(*img.shape), 0., 1.)
    output = net(noisy)
    loss = criterion(output, img)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f'Epoch:{epoch+1}, Loss:{loss.item():.4f}')
up = nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)
print(up(img[:1, :, :2, :2]).shape, nn.functional.interpolate(img, size=(4, 4)).shape, nn.PixelShuffle(2)(torch.ones(1, 4, 2, 2)).shape)
