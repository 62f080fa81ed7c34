"""Profilers, of which nothing is printed but what is the same each time."""

import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile, record_function, schedule

torch.manual_seed(0)
net = nn.Linear(4, 2)
with profile(activities=[ProfilerActivity.CPU], record_shapes=True) as prof:
    with record_function("forward pass"):
        net(torch.ones(3, 4)).relu().sum().backward()
table = prof.key_averages().table(sort_by="cpu_time_total", row_limit=20)
print("forward pass" in table, "aten::addmm" in table, "CPU total" in table)
keys = {row.key for row in prof.key_averages(group_by_input_shape=True)}
print({"aten::linear", "aten::relu", "AddmmBackward0"} <= keys)
print(net.bias.grad)


def ready(p):
    print("trace of", len(p.key_averages()) > 0, p.step_num)


plan = schedule(wait=1, warmup=1, active=2, repeat=1)
with profile(schedule=plan, on_trace_ready=ready) as p:
    for _ in range(6):
        net(torch.ones(1, 4))
        p.step()

with torch.autograd.profiler.profile() as older:
    torch.ones(2).exp()
print("aten::exp" in str(older), len(older.function_events) > 0)
print(older.total_average().count > 0, older.self_cpu_time_total > 0)
