import numpy as np
a = np.arange(6.).reshape(2, 3)
print(np.vectorize(lambda x: x ** 2 if x > 2 else 0.)(a))
print(np.apply_along_axis(lambda r: r.sum(), 1, a), np.apply_along_axis(np.sort, 0, a))
print(np.fromfunction(lambda i, j: i + j, (2, 3)), np.mgrid[0:3, 0:2], np.mgrid[-1:1:5j], np.ogrid[0:2, 0:3][1])
X, Y = np.mgrid[-1:1:3j, 0:1:2j]; print(X, Y)
print(a[np.ix_([0, 1], [2, 0])], a[np.s_[:, 1:]], list(np.ndenumerate(np.array([[1, 2]]))))
print(np.triu_indices(3, 1), np.diag_indices(2), np.tri(3), np.diagflat([1, 2]))
b = np.zeros((3, 3)); np.fill_diagonal(b, 5); print(b)
np.testing.assert_allclose(a, a + 1e-9, atol=1e-5)
try:
    np.testing.assert_allclose([1., 2.], [1., 3.])
except AssertionError as e:
    print(str(e).strip().split("\n")[0])
with np.errstate(divide="ignore", invalid="ignore"):
    print(np.array([1., 0.]) / 0.)
print(np.issubdtype(a.dtype, np.floating), np.isscalar(3.0), np.isscalar(a), np.array2string(a, precision=2), np.array_repr(a))
try:
    np.linalg.inv(np.zeros((2, 2)))
except np.linalg.LinAlgError as e:
    print(e)
for v in a.flat: print(v, end=" ")
a.flat[0] = 9; print(a, a.strides, a.T.base is a or True, np.take(a, [0, 1], axis=1), np.piecewise(np.array([-1., 2.]), [np.array([-1., 2.]) < 0], [lambda x: -x, lambda x: x * 10]))
print(np.bitwise_xor(5, 3), np.gcd(12, 18), np.divmod(7, 3), np.modf(2.5), np.float16(1.5), np.ascontiguousarray(a.T).shape)
np.random.seed(0); print(np.random.chisquare(2, 3), np.random.standard_t(3, size=2), np.random.weibull(1., 2))
print(np.linalg.multi_dot([np.ones((2, 3)), np.ones((3, 2)), np.ones((2, 1))]), np.hamming(4), np.nanpercentile([1, np.nan, 3], 50), np.resize([1, 2], (2, 3)), np.broadcast_arrays([1, 2], [[1], [2]]))
