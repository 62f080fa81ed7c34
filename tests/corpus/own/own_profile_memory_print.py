import torch, sys, time, gc
t = torch.zeros(100, 100)
print(t.element_size() * t.nelement(), t.nbytes, sys.getsizeof(1) > 0)
start = time.time()
for _ in range(3): t = t @ t
print("%.1f" % (time.time() - start) < "9")
del t
gc.collect()
print(torch.__version__.startswith("2"), torch.get_num_threads() >= 1)
