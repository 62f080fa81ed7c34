import numpy as np
mem = np.zeros(5, dtype=object); e = np.empty(3, dtype=object); o = np.ones((2,), object); f = np.full(2, 'x', dtype=object)
print(mem[0], e[1], o[-1], f[0], len(mem), mem.shape, mem.size, e.ndim)
for i in range(3): mem[i] = (i, {'a': i})
v = mem[1:]; v[0] = 'changed'; print(mem[1], v[1], len(v))
print([x for x in mem[[0, 2]]], mem[np.array([1, 0])].tolist(), list(mem[np.array([True, False, False, False, False])]))
mem[np.int64(4)] = None; print(mem[np.argmax([1, 2, 5])], mem[-1] is None)
r = np.array([[1, 2], [3], [4, 5, 6]], dtype=object); print(len(r), r[2], r.shape)
d = np.array([{'a': 1}, None], dtype=object); print(d[0]['a'], d[1])
try: mem[7]
except IndexError as err: print(err)
c = mem.copy(); c[0] = 1; print(mem[0], c[0])
mem[2] = np.ones(2); print(mem[2])
