import torch
def getBack(var_grad_fn):
    print(var_grad_fn)
    for n in var_grad_fn.next_functions:
        if n[0]:
            try:
                tensor = getattr(n[0], 'variable')
                print(n[0])
                print('Tensor with grad found:', tensor)
                print(' - gradient:', tensor.grad)
                print()
            except AttributeError as e:
                getBack(n[0])
a = torch.tensor([2.], requires_grad=True)
b = torch.tensor([3.], requires_grad=True)
l = (a * b).log().sum()
l.backward()
getBack(l.grad_fn)
