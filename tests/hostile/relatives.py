"""Relatives of the programs in the folder: other ways to the same things.

Name → (what is expected, the program). Names begin with the letter of their kind.
"""

_TORCH = "import torch\nimport torch.nn.functional as F\n"


def _program(*lines):
    return _TORCH + "\n".join(lines) + "\n"


_RELATIVES = [
    # Names that lead to live objects: through keys, holders and their special methods.
    ("e", "refused", "torch.nn.ParameterDict()['__class__']"),
    ("e", "refused", "torch.nn.ParameterDict()['_parameters']"),
    ("e", "refused", "torch.nn.ParameterDict()['forward']"),
    ("e", "refused", "torch.nn.ParameterDict({'__class__': torch.nn.Parameter(torch.ones(1))})"),
    ("e", "refused", "torch.nn.ParameterDict([('_hooks', torch.ones(1))])"),
    ("e", "refused", "d = torch.nn.ParameterDict()", "d.update({'__dict__': torch.ones(1)})"),
    ("e", "refused", "d = torch.nn.ParameterDict()", "d['train'] = torch.ones(1)"),
    ("e", "refused", "torch.nn.ModuleDict({'_modules': torch.nn.ReLU()})"),
    ("e", "refused", "d = torch.nn.ModuleDict()", "d['__call__'] = torch.nn.ReLU()"),
    ("e", "refused", "from collections import OrderedDict", "torch.nn.Sequential(OrderedDict([('__init__', torch.nn.ReLU())]))"),
    ("e", "refused", "m = torch.nn.Linear(1, 1)", "m.add_module('_x', torch.nn.ReLU())"),
    ("e", "refused", "m = torch.nn.Linear(1, 1)", "m.register_parameter('forward', None)"),
    ("e", "refused", "m = torch.nn.Linear(1, 1)", "m.register_buffer('__class__', torch.ones(1))"),
    ("e", "refused or an error", "m = torch.nn.Linear(1, 1)", "print(m.get_parameter('__dict__'))"),
    ("e", "refused or an error", "m = torch.nn.Linear(1, 1)", "print(m.get_submodule('forward'))"),
    ("e", "refused or an error", "m = torch.nn.Sequential(torch.nn.ReLU())", "print(m.get_submodule('0.__class__'))"),
    # Classes that would hand over what PyTorch passes between its own methods.
    ("e", "refused", "class M(torch.nn.Linear):", "    def _load_from_state_dict(self, *a): pass"),
    ("e", "refused", "class M(torch.nn.Module):", "    def named_parameters(self, *a): return iter([])"),
    ("e", "refused", "class M(torch.nn.Module):", "    def modules(self): return iter([])"),
    ("e", "refused", "class M(torch.nn.Module):", "    def parameters(self): return []"),
    ("e", "harmless", "class M(torch.nn.Module):", "    def train(self, mode=True): return self", "print(M().eval())"),
    ("e", "refused", "class M(torch.nn.Module):", "    training = property(lambda self: 1)"),
    ("e", "refused", "class M(torch.nn.LSTM):", "    def check_forward_args(self, *a): pass"),
    ("e", "refused", "class M(torch.nn.LSTM):", "    hidden_size = 5", "    def permute_hidden(self, *a): pass"),
    ("e", "refused", "class F1(torch.autograd.Function):", "    def _backward_cls(self): pass"),
    ("e", "refused", "class F1(torch.autograd.Function):", "    apply = lambda *a: 1"),
    ("e", "refused", "class E(Exception):", "    def with_traceback(self, t): return self"),
    ("e", "refused", "class E(Exception):", "    args = property(lambda self: self)"),
    ("e", "refused", "class M(torch.nn.Module):", "    forward = torch.nn.Linear(1, 1)"),
    ("e", "refused", "class A:", "    __call__ = torch.nn.Linear(1, 1)"),
    ("e", "refused", "class A:", "    __getitem__ = torch.relu"),
    ("e", "refused", "class A:", "    __iter__ = 5"),
    ("e", "refused", "class A:", "    f = staticmethod(torch.nn.Linear(1, 1))"),
    ("e", "refused", "class A:", "    @property", "    @property", "    def f(self): pass"),
    ("e", "refused", "class A:", "    @staticmethod", "    @(lambda f: torch.nn.ReLU())", "    def f(self): pass"),
    ("e", "refused", "class X(torch.nn.Linear, torch.nn.ParameterDict): pass"),
    ("e", "refused", "class A(torch.nn.Linear): pass", "class B(torch.nn.ParameterList): pass", "class C(A, B): pass"),
    # super(), class attributes, contexts, nodes.
    ("e", "refused", "class A(torch.nn.Module):", "    def f(self): return super().__dict__", "A().f()"),
    ("e", "refused", "class A(torch.nn.Module):", "    def f(self): return super()._call_impl", "A().f()"),
    ("e", "refused", "class A(torch.nn.Module):", "    def f(self): return super().__setattr__('x', 1)", "A().f()"),
    ("e", "refused", "class A(torch.nn.ParameterDict):", "    def f(self): return super().__getitem__('__class__')", "A().f()"),
    ("e", "refused", "class F1(torch.autograd.Function):", "    @staticmethod", "    def forward(ctx, x): return ctx._get_compiled_autograd_symints", "F1.apply(torch.ones(1, requires_grad=True))"),
    ("e", "refused", "class F1(torch.autograd.Function): pass", "F1._backward_cls"),
    ("e", "refused", "x = torch.ones(1, requires_grad=True) * 2", "x.grad_fn._raw_saved_self"),
    ("e", "refused", "x = torch.ones(1, requires_grad=True) * 2", "x.grad_fn.__class__"),
    ("e", "refused", "m = torch.nn.Linear(1, 1)", "m.weight.__class__"),
    ("e", "refused", "m = torch.nn.GRU(1, 1)", "m.check_forward_args = lambda *a: None"),
    ("e", "refused", "m = torch.nn.GRU(2, 2)", "m.hidden_size = 1"),
    ("e", "refused", "m = torch.nn.LSTM(2, 2)", "m.weight_ih_l0 = torch.nn.Parameter(torch.ones(1, 1))"),
    ("e", "refused", "m = torch.nn.LSTM(2, 2)", "m.weight_ih_l0.data = torch.ones(1, 1)"),
    ("e", "refused", "m = torch.nn.BatchNorm1d(9)", "m.running_mean = torch.ones(1)"),
    ("e", "refused", "m = torch.nn.MultiheadAttention(4, 2)", "m.out_proj = torch.nn.Linear(1, 1)"),
    ("e", "refused", "class M(torch.nn.LSTM):", "    def __init__(self):", "        super().__init__(2, 2)", "        self.hidden_size = 9", "M()"),
    # Keywords of special functions, callables in containers, raw functions.
    ("e", "refused", "torch.autograd.functional.jacobian(torch.sin, torch.ones(2), vectorize=True)"),
    ("e", "refused", "torch.autograd.functional.hessian(torch.sum, torch.ones(2), outer_jacobian_strategy='forward-mode', vectorize=True)"),
    ("e", "refused", "torch.optim.Adam([torch.ones(1, requires_grad=True)], fused=True)"),
    ("e", "refused", "o = torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=1)", "o.param_groups[0]['fused'] = True", "o.step()"),
    ("e", "refused", "o = torch.optim.Adam([torch.ones(2, requires_grad=True)], lr=1)", "o.state[o.param_groups[0]['params'][0]] = {'exp_avg': torch.ones(1, 1, 9)}", "o.step()"),
    ("e", "refused", "print(torch.no_grad(lambda: 1))"),
    ("e", "harmless", "print(id(torch), id([]), torch.ones(1).data_ptr())"),
    # Arrays and views that would write past the version counter.
    ("e", "refused", "i = torch.tensor([1, 2])", "i.view(torch.float64)"),
    ("e", "refused", "a = torch.ones(3).numpy()", "a[0] = 5"),
    ("e", "refused or an error", "a = torch.ones(3).numpy()", "a.sum(0, None, a)"),
    ("p", "nothing shared changes", "g = torch.manual_seed(3)", "h = torch.nn.Linear(2, 2)", "g.manual_seed(5)"),
    ("p", "nothing shared changes", "m = torch.nn.Dropout()", "m.register_forward_hook(lambda *a: torch.manual_seed(1))", "m(torch.ones(3))"),
    ("p", "nothing shared changes", "torch.nn.Embedding(3, 4, device='cpu')", "torch.nn.LSTM(3, 4, device='cpu')"),
    ("p", "nothing shared changes", "torch.set_grad_enabled(False)", "raise ValueError"),
    ("p", "nothing shared changes", "def f(x):", "    raise ValueError", "torch.func.jvp(f, (torch.ones(1),), (torch.ones(1),))"),
    ("r", "run does not raise", "x = torch.ones(3).to_sparse() if False else torch.empty(0, 3)", "y = x.sum(0)"),
    ("r", "run does not raise", "x = (-8) ** 0.5", "y = [x, {1: x}]"),
    ("r", "run does not raise", "e = torch.nn.Embedding(3, 2, sparse=True)", "e(torch.tensor([1])).sum().backward()", "g = e.weight.grad"),
    ("r", "run does not raise", "x = torch.ones(2, requires_grad=True)", "x.register_hook(lambda g: 'a')", "x.sum().backward()"),
    ("l", "after many runs the process is as small as before", "class F1(torch.autograd.Function):", "    big = torch.ones(900, 1000)", "    @staticmethod", "    def forward(ctx, x): return x * 2", "    @staticmethod", "    def backward(ctx, g): return g", "F1.apply(torch.ones(1, requires_grad=True)).sum().backward()"),
    ("t", "stops with a limit", "class It:", "    def __iter__(self): return self", "    def __next__(self): return 1", "torch.stack(It())"),
    ("t", "stops with a limit", "class It:", "    def __iter__(self): return self", "    def __next__(self): return torch.ones(1)", "torch.autograd.backward(It())"),
    ("t", "stops with a limit", "class S:", "    def __len__(self): return 10**9", "    def __getitem__(self, i): return 0", "torch.tensor([S()])"),
    ("t", "stops with a limit", "f = lambda *a: sorted([1, 2], key=f)", "for i in range(10**6):", "    f(1)"),
    ("t", "stops with a limit", "w = torch.ones(1, requires_grad=True)", "o = torch.optim.LBFGS([w], max_iter=10**9)", "o.step(lambda: (w ** 2).sum())"),
    ("t", "stops with a limit", "s = torch.nn.Sequential(torch.nn.ReLU())", "for i in range(40):", "    s = torch.nn.Sequential(s, s)", "s.training = False", "s.requires_grad_(False)", "s.half()"),
    ("t", "stops with a limit", "torch.linalg.matrix_power(torch.eye(2), torch.tensor(-2**62))"),
    ("t", "stops with a limit", "{a: 1 for a in range(0, (2**61 - 1) * 50000, 2**61 - 1)}"),
    ("m", "stops with a limit", "torch.ones(torch.tensor(10**9))"),
    ("m", "stops with a limit", "torch.eye(torch.tensor(10**5))"),
    ("m", "stops with a limit", "x = torch.ones(1).expand(torch.tensor(10**9))"),
    ("m", "stops with a limit", "a = torch.ones(50000, 0)", "a @ a.T"),
    ("m", "stops with a limit", "max([torch.ones(1000, 1)], key=torch.nn.Linear(1, 30000))"),
    ("n", "an error, never a crash", "x = torch.ones(9, requires_grad=True)", "i = torch.tensor([0, 1])", "y = x.gather(0, i)", "i.data.fill_(10**12)", "y.sum().backward()"),
    ("n", "an error, never a crash", "x = torch.ones(9, requires_grad=True)", "y = x.sort()", "y.indices.data.fill_(10**12)", "y.values.sum().backward()"),
    ("n", "an error, never a crash", "x = torch.ones(2, 9, requires_grad=True)", "i = torch.zeros(2, dtype=torch.long)", "y = F.nll_loss(x, i)", "torch.as_tensor(i.numpy()).fill_(10**12)", "y.backward()"),
    ("n", "an error, never a crash", "x = torch.ones(1, 1, 8, 8, requires_grad=True)", "y = F.max_pool2d(x, 2)", "with torch.inference_mode():", "    y.grad_fn._saved_result1.fill_(10**12) if False else None", "y.sum().backward()"),
    ("n", "an error, never a crash", "x = torch.ones(3, requires_grad=True)", "y = x.exp()", "y.grad_fn.register_hook(lambda a, b: a[0].unsqueeze_(0) and None)", "y.sum().backward()"),
    ("x", "a value or an error, never SIGFPE", "torch.tensor(-2**63) // -1"),
    ("x", "a value or an error, never SIGFPE", "x = torch.tensor([-2**63])", "x //= torch.tensor([-1])"),
    ("x", "a value or an error, never SIGFPE", "torch.full((3,), -128, dtype=torch.int8).floor_divide(-1)"),
    # What is checked, and changed between the check and the use.
    ("n", "an error, never a crash", "w = torch.ones(1000000, requires_grad=True)", "o = torch.optim.Adam([w], lr=.1)", "def c():", "    o.param_groups[0]['fused'] = True", "    o.state[w] = {'step': torch.tensor(0.), 'exp_avg': torch.ones(1), 'exp_avg_sq': torch.ones(1)}", "    o.zero_grad()", "    l = (w**2).sum()", "    l.backward()", "    return l", "o.step(c)"),
    ("n", "an error, never a crash", "m = torch.nn.LSTM(3, 5)", "def h(mod, a):", "    with torch.no_grad():", "        m.weight_ih_l0.t_()", "m.register_forward_pre_hook(h)", "m(torch.ones(4, 3))"),
    ("e", "refused", "class M(torch.nn.LSTM):", "    def __init__(self):", "        self.hidden_size = 2", "        super().__init__(2, 2)", "        self.hidden_size = 9", "M()"),
    ("m", "stops with a limit", "m = torch.nn.Linear(1, 1)", "x = torch.ones(1000000, 1)", "m(x)", "m.weight = torch.nn.Parameter(torch.ones(300, 1))", "m.bias = torch.nn.Parameter(torch.ones(300))", "m(x)"),
    # Whole numbers that are saved, and other ways to them.
    ("n", "an error, never a crash", "p = torch.nn.Parameter(torch.tensor([0, 1]), requires_grad=False)", "v = torch.tensor([0, 1])", "torch.nn.utils.vector_to_parameters(v, [p])", "y = torch.nn.Embedding(3, 1000, scale_grad_by_freq=True)(input=p)", "v.fill_(10**12)", "y.sum().backward()"),
    ("n", "an error, never a crash", "with torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: t):", "    y = torch.nn.Embedding(3, 1000, scale_grad_by_freq=True)(torch.tensor([0, 1]))", "y.grad_fn._saved_indices.fill_(10**12)", "y.sum().backward()"),
    ("n", "an error, never a crash", "def pack(t):", "    return t.fill_(10**12) if t.dtype == torch.int64 else t", "with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):", "    y = torch.nn.Embedding(3, 1000, scale_grad_by_freq=True)(torch.tensor([0, 1]))", "y.sum().backward()"),
    ("n", "an error, never a crash", "m = torch.nn.Embedding(3, 1000, sparse=True)", "y = m(torch.tensor([0, 1]))", "y.sum().backward(retain_graph=True)", "y.grad_fn._saved_indices.fill_(10**12)", "torch.zeros(3, 1000).add_(m.weight.grad)"),
    ("n", "an error, never a crash", "one = lambda t: torch.zeros(1).expand(t.shape) if t.dtype == torch.float32 else t", "with torch.autograd.graph.saved_tensors_hooks(lambda t: t, one):", "    x = torch.ones(400, 1000, requires_grad=True)", "    y = F.group_norm(x, 1000, torch.ones(1000, requires_grad=True))", "y.sum().backward()"),
    ("n", "an error, never a crash", "F.scaled_dot_product_attention(torch.ones(1, 2, 5, 4), torch.ones(1, 2, 1, 4), value=torch.ones(1, 2, 100000, 4))"),
    ("n", "an error, never a crash", "x = torch.ones(1, 1, 1, 4, requires_grad=True)", "F.scaled_dot_product_attention(x, x, torch.ones(1, 1, 100000, 4)).sum().backward()"),
    # Exceptions whose parts run() reads.
    ("r", "run does not raise", "try:", "    def f():", "        nonlocal z", "    f()", "except Exception as e:", "    T = type(e)", "class E(T): pass", "raise E([1], ('f', torch.ones(1), 'x', 't'))"),
    # One native step that takes long, or much.
    ("s", "stops with a limit", "torch.roll(torch.ones(2), [1] * 90000, [0] * 90000)"),
    ("t", "stops with a limit", "torch.ones(1).repeat([1] * 90000)"),
    ("t", "stops with a limit", "torch.ones(1).tile(*[1] * 90000)"),
    ("t", "ends in time", "x = y = torch.ones(1, requires_grad=True)", "for i in range(6000):", "    y = y + 1", "torch.autograd.backward([y] * 5000, [torch.ones(1)] * 5000)"),
    ("t", "stops with a limit", "torch.linalg.matrix_exp(torch.full((360, 360), 1e305, dtype=torch.float64))"),
    ("t", "stops with a limit", "torch.linalg.multi_dot([torch.ones(1, 1)] * 3000)"),
    ("t", "stops with a limit", "torch.testing.assert_close([torch.ones(1)] * 90000, [torch.ones(1)] * 90000)"),
    ("t", "stops with a limit", "import copy", "class A: pass", "a = A()", "a.x = [[0] * 90000 for i in range(200)]", "copy.deepcopy(a)"),
    ("m", "stops with a limit", "w = torch.ones(1, dtype=torch.float64, requires_grad=True)", "o = torch.optim.SGD([w], lr=1.)", "z = torch.zeros(1, dtype=torch.int8)", "s = o.state_dict()", "s['state'] = {0: {i: z.expand(1000000) for i in range(300)}}", "o.load_state_dict(s)"),
    ("m", "stops with a limit", "x = torch.ones(1000000, requires_grad=True)", "i = torch.zeros(1000000, dtype=torch.long)", "for k in range(60):", "    x = x[i]", "x.sum().backward()"),
]  # fmt: skip

RELATIVES = {
    f"{kind}_relative_{i:03}": (expected, _program(*lines))
    for i, (kind, expected, *lines) in enumerate(_RELATIVES)
}
