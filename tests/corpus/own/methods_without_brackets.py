import torch
m=torch.nn.Linear(1,1)
print(m.parameters, type(m.parameters), m.zero_grad, m.forward)
x=torch.ones(1)
o=torch.optim.SGD(m.parameters(),lr=1)
print(o.step, type(o.step), o.zero_grad)
s = torch.optim.lr_scheduler.StepLR(o, 1)
print(s.get_last_lr, torch.nn.functional.relu.__name__, torch.relu, print, len)
d = torch.utils.data.DataLoader([1]); 
for f in (m.parameters, x.item):
    try:
        for p in f: pass
    except TypeError as e: print(e)
try: m.parameters + 1
except TypeError as e: print(e)
try: m.parameters[0]
except TypeError as e: print(e)
try: x.item + 1
except TypeError as e: print(e)
try: torch.stack(m.parameters)
except TypeError as e: print(e)
try: torch.optim.SGD(m.parameters, lr=1)
except TypeError as e: print(e)
