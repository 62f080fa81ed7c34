import io, torch
b = io.BytesIO()
torch.save(torch.ones(1), b); b.seek(0)
print(torch.load(b))
