import random
random.seed(0)
xs = [1, 2, 3, 4]
random.shuffle(xs)
print(len(xs), 0 <= random.random() < 1)
