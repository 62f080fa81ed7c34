import threading, queue, torch
from concurrent.futures import ThreadPoolExecutor, as_completed
w = torch.ones(2, requires_grad=True)
def work(k): 
    (w * k).sum().backward(); return k
class T(threading.Thread):
    def __init__(self, n): super().__init__(); self.n = n
    def run(self): self.out = (w * self.n).requires_grad
with torch.no_grad():
    t = T(3); t.start(); t.join(); print(t.out, t.is_alive(), (w * 2).requires_grad)
with ThreadPoolExecutor(max_workers=2) as ex:
    print(list(ex.map(work, [1, 2])))
    fs = [ex.submit(work, i) for i in range(3)]
    print(sorted(f.result() for f in as_completed(fs)))
print(w.grad)
q = queue.Queue(); q.put(1); print(q.get(), q.empty())
try: q.get_nowait()
except queue.Empty: print("empty")
print(threading.current_thread().name, threading.active_count() >= 1)
def bad(): raise ValueError("x")
b = threading.Thread(target=bad, daemon=True, name="b"); b.start(); b.join(); print(b.name, b.daemon)
l = threading.Lock()
with l: print("locked")
b.start()
