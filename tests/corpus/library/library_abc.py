from abc import ABC, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): pass
    @property
    @abstractmethod
    def g(self): pass
class B(A):
    def f(self): return 1
    @property
    def g(self): return 2
print(B().f(), B().g)
try: A()
except TypeError as e: print(e)