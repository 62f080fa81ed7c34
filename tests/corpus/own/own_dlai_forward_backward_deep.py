import numpy as np
def relu(Z): return np.maximum(0, Z), Z
def sigmoid(Z): return 1 / (1 + np.exp(-Z)), Z
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        parameters['W' + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters['b' + str(l)] = np.zeros((layer_dims[l], 1))
        assert (parameters['W' + str(l)].shape == (layer_dims[l], layer_dims[l - 1]))
    return parameters
def L_model_forward(X, parameters):
    caches, A, L = [], X, len(parameters) // 2
    for l in range(1, L + 1):
        A_prev = A
        Z = np.dot(parameters[f'W{l}'], A_prev) + parameters[f'b{l}']
        A, cache = (relu if l < L else sigmoid)(Z)
        caches.append(((A_prev, parameters[f'W{l}'], parameters[f'b{l}']), cache))
    return A, caches
def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(np.multiply(np.log(AL), Y) + np.multiply(1 - Y, np.log(1 - AL))) / m
    return np.squeeze(cost)
def L_model_backward(AL, Y, caches):
    grads = {}; L = len(caches); m = AL.shape[1]; Y = Y.reshape(AL.shape)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(L)):
        (A_prev, W, b), Z = caches[l]
        if l == L - 1:
            s = 1 / (1 + np.exp(-Z)); dZ = dA * s * (1 - s)
        else:
            dZ = np.array(dA, copy=True); dZ[Z <= 0] = 0
        grads['dW' + str(l + 1)] = np.dot(dZ, A_prev.T) / m
        grads['db' + str(l + 1)] = np.sum(dZ, axis=1, keepdims=True) / m
        dA = np.dot(W.T, dZ)
    return grads
np.random.seed(1)
X = np.random.randn(3, 5); Y = (np.random.rand(1, 5) > 0.5) * 1
params = initialize_parameters_deep([3, 4, 1])
for i in range(3):
    AL, caches = L_model_forward(X, params)
    cost = compute_cost(AL, Y)
    grads = L_model_backward(AL, Y, caches)
    for l in range(len(params) // 2):
        params["W" + str(l + 1)] -= 0.0075 * grads["dW" + str(l + 1)]
        params["b" + str(l + 1)] -= 0.0075 * grads["db" + str(l + 1)]
    print("Cost after iteration {}: {}".format(i, np.round(cost, 6)))
print(grads["db2"])
