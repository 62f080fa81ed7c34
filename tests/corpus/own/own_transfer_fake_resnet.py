import copy
import time
import torch
import torch.nn as nn
import torch.optim as optim
from torch.optim import lr_scheduler

torch.manual_seed(0)


class FakeResNet(nn.Module):
    def __init__(self, num_classes=1000):
        super().__init__()
        self.layer1 = nn.Sequential(nn.Linear(6, 12), nn.ReLU())
        self.layer2 = nn.Sequential(nn.Linear(12, 12), nn.ReLU())
        self.fc = nn.Linear(12, num_classes)

    def forward(self, x):
        return self.fc(self.layer2(self.layer1(x)))


data = {x: (torch.randn(n, 6), torch.randint(0, 2, (n,))) for x, n in (("train", 40), ("val", 20))}
dataloaders = {x: torch.utils.data.DataLoader(torch.utils.data.TensorDataset(*data[x]), batch_size=10, shuffle=x == "train") for x in ["train", "val"]}
dataset_sizes = {x: len(data[x][1]) for x in ["train", "val"]}
class_names = ["ants", "bees"]


def train_model(model, criterion, optimizer, scheduler, num_epochs=3):
    since = time.time()
    best_model_wts = copy.deepcopy(model.state_dict())
    best_acc = 0.0
    for epoch in range(num_epochs):
        print('Epoch {}/{}'.format(epoch, num_epochs - 1))
        print('-' * 10)
        for phase in ['train', 'val']:
            if phase == 'train':
                model.train()
            else:
                model.eval()
            running_loss = 0.0
            running_corrects = 0
            for inputs, labels in dataloaders[phase]:
                optimizer.zero_grad()
                with torch.set_grad_enabled(phase == 'train'):
                    outputs = model(inputs)
                    _, preds = torch.max(outputs, 1)
                    loss = criterion(outputs, labels)
                    if phase == 'train':
                        loss.backward()
                        optimizer.step()
                running_loss += loss.item() * inputs.size(0)
                running_corrects += torch.sum(preds == labels.data)
            if phase == 'train':
                scheduler.step()
            epoch_loss = running_loss / dataset_sizes[phase]
            epoch_acc = running_corrects.double() / dataset_sizes[phase]
            print('{} Loss: {:.4f} Acc: {:.4f}'.format(phase, epoch_loss, epoch_acc))
            if phase == 'val' and epoch_acc > best_acc:
                best_acc = epoch_acc
                best_model_wts = copy.deepcopy(model.state_dict())
        print()
    time_elapsed = time.time() - since
    print('Training complete in {:.0f}m'.format(time_elapsed // 60))
    print('Best val Acc: {:4f}'.format(best_acc))
    model.load_state_dict(best_model_wts)
    return model


model_conv = FakeResNet()
for param in model_conv.parameters():
    param.requires_grad = False
model_conv.fc = nn.Linear(model_conv.fc.in_features, len(class_names))
model_conv = train_model(model_conv, nn.CrossEntropyLoss(), optim.SGD(model_conv.fc.parameters(), lr=0.1, momentum=0.9), lr_scheduler.StepLR(optim.SGD(model_conv.fc.parameters(), lr=0.1), step_size=7, gamma=0.1))
print([class_names[i] for i in model_conv(data["val"][0][:4]).argmax(1)])
