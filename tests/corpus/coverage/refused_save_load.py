import torch
m = torch.nn.Linear(1, 1)
torch.save(m.state_dict(), "m.pt")
m.load_state_dict(torch.load("m.pt"))
print("loaded")
