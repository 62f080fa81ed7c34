def f(): f.calls += 1
f.calls = 0
f(); f()
print(f.calls)
