import numpy as np

def sigmoid(z):
    """Compute the sigmoid of z"""
    s = 1 / (1 + np.exp(-z))
    return s

def initialize_with_zeros(dim):
    w = np.zeros((dim, 1))
    b = 0.0
    assert w.shape == (dim, 1)
    assert isinstance(b, float) or isinstance(b, int)
    return w, b

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y)
    cost = np.squeeze(np.array(cost))
    grads = {"dw": dw, "db": db}
    return grads, cost

w, b = initialize_with_zeros(2)
X = np.array([[1., -2., -1.], [3., 0.5, -3.2]])
Y = np.array([[1, 1, 0]])
costs = []
for i in range(20):
    grads, cost = propagate(w, b, X, Y)
    w = w - 0.1 * grads["dw"]
    b = b - 0.1 * grads["db"]
    if i % 10 == 0:
        costs.append(float(cost))
        print("Cost after iteration %i: %f" % (i, cost))
print("w = " + str(w))
print("b = " + str(b))
A = sigmoid(w.T @ X + b)
print((A > 0.5).astype(int), np.round(A, 3), type(cost))
print("sigmoid([0, 2]) = " + str(sigmoid(np.array([0, 2]))))
