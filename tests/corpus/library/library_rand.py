import random
random.seed(42)
x = list(range(10)); random.shuffle(x); print(x, random.random(), random.choice('abc'), random.sample(range(100), 3), random.choices([1,2], weights=[1,3], k=3), random.gauss(0,1), random.uniform(1,2), random.randint(1,6))
r = random.Random(3); print(r.random(), r)