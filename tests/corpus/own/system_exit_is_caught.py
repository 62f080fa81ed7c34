# SystemExit on its way
import sys, argparse
class M:
    def __enter__(self): return self
    def __exit__(self, kind, value, tb): print("exit", kind.__name__); return False
try:
    with M(): sys.exit(2)
except SystemExit as s: print(s.code)
def f():
    try: sys.exit("bye")
    except Exception: print("never")
    finally: print("finally")
try: f()
except: print("bare")
def g():
    try: yield 1
    finally: print("closed")
try:
    for i in g(): raise SystemExit
except SystemExit: print("out")
p = argparse.ArgumentParser()
p.add_argument("--a", required=True)
try: p.parse_args([])
except SystemExit as s: print(s.code)
