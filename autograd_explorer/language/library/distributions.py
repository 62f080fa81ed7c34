"""torch.distributions: PyTorch's own classes, with sizes checked and the run's random numbers."""

import math
import operator
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, distributions
from torch.distributions import constraints, transforms, utils

from autograd_explorer.errors import Refused
from autograd_explorer.language import making_classes
from autograd_explorer.language.library.entry import Function, Members
from autograd_explorer.language.library.standard_functions import as_value
from autograd_explorer.language.runtime import Runtime
from autograd_explorer.language.settings import be_alone
from autograd_explorer.language.values import size_of, tensors_in
from autograd_explorer.torch_internals import SUM_RIGHTMOST

_CLASSES = """
    Bernoulli Beta Binomial Categorical Cauchy ContinuousBernoulli Dirichlet Exponential Gamma
    Chi2 FisherSnedecor Geometric Gumbel HalfCauchy HalfNormal Kumaraswamy Laplace LogNormal
    Multinomial
    MultivariateNormal NegativeBinomial Normal OneHotCategorical Pareto Poisson StudentT Uniform
    Weibull InverseGamma OneHotCategoricalStraightThrough RelaxedBernoulli
    RelaxedOneHotCategorical LogisticNormal LowRankMultivariateNormal VonMises
""".split()
_MOST_TRIALS = 10_000
_WITH_COVARIANCE = (
    distributions.MultivariateNormal,
    distributions.LowRankMultivariateNormal,
)


def _made(cls: Any) -> Callable[..., Any]:
    def call(runtime: Runtime, *args: Any, **options: Any) -> Any:
        given = [runtime.calls.native(value, "bounded") for value in args]
        named = {name: runtime.calls.native(v, "bounded") for name, v in options.items()}
        tensors = tensors_in([*given, *named.values()])
        for value in (*given, *named.values()):
            if type(value) is int and value > _MOST_TRIALS:
                raise runtime.budget.stop("work", f"{value:,}")
        _check_together(runtime, [tensor.shape for tensor in tensors])
        if cls in _WITH_COVARIANCE:
            runtime.budget.check_work(
                sum(t.numel() * max(t.shape, default=1) for t in tensors) * 40
            )
        return cls(*given, **named)

    call.__name__ = cls.__name__
    return call


def independent(
    runtime: Runtime, base_distribution: Any, reinterpreted_batch_ndims: Any, **options: Any
) -> Any:
    if not isinstance(base_distribution, distributions.Distribution):
        raise TypeError("Independent takes a distribution")
    return distributions.Independent(base_distribution, reinterpreted_batch_ndims)


def mixture(
    runtime: Runtime, mixture_distribution: Any, component_distribution: Any, **options: Any
) -> Any:
    for value in (mixture_distribution, component_distribution):
        if not isinstance(value, distributions.Distribution):
            raise ValueError("MixtureSameFamily takes two distributions")
    return distributions.MixtureSameFamily(mixture_distribution, component_distribution)


def _check_together(runtime: Runtime, shapes: list[Any]) -> None:
    """Check what the tensors are broadcast to; what does not fit is PyTorch's to tell."""
    try:
        runtime.budget.check_elements(math.prod(torch.broadcast_shapes(*shapes)))
    except RuntimeError:
        runtime.budget.check_elements(math.prod(max(shape, default=1) for shape in shapes))


def _whole_shape(owner: Any) -> Any:
    return (*owner.batch_shape, *owner.event_shape)


def _sampling(name: str) -> Callable[..., Any]:
    def call(runtime: Runtime, owner: Any, sample_shape: Any = ()) -> Any:
        shape = runtime.calls.native(size_of(sample_shape), "bounded")
        sizes = shape if isinstance(shape, list | tuple) else (shape,)
        if all(isinstance(size, int) for size in sizes):
            runtime.budget.check_elements(math.prod((*sizes, *_whole_shape(owner))))
        with runtime.randomness.lent():
            return runtime.calls.made(getattr(owner, name)(torch.Size(shape)))

    call.__name__ = name
    return call


def _of_value(name: str) -> Callable[..., Any]:
    def call(runtime: Runtime, owner: Any, value: Any) -> Any:
        value = runtime.calls.native(value, "bounded")
        if isinstance(value, Tensor):
            _check_together(runtime, [value.shape, _whole_shape(owner)])
            runtime.budget.check_elements(value.numel() * math.prod(owner.event_shape))
        return runtime.calls.made(getattr(owner, name)(value))

    call.__name__ = name
    return call


def _enumerated(runtime: Runtime, owner: Any, expand: Any = True) -> Any:
    """enumerate_support, of the distributions whose number of outcomes is known beforehand."""
    if isinstance(owner, distributions.Bernoulli):
        outcomes = 2
    elif isinstance(owner, distributions.Categorical | distributions.OneHotCategorical):
        outcomes = owner.param_shape[-1]
    else:
        raise Refused("call", f"{type(owner).__name__}.enumerate_support")
    runtime.budget.check_elements(outcomes * math.prod(_whole_shape(owner)))
    return runtime.calls.made(owner.enumerate_support(bool(expand)))


def compose(runtime: Runtime, parts: Any, cache_size: int = 0) -> Any:
    return transforms.ComposeTransform(_transforms(runtime, parts))


def _transforms(runtime: Runtime, parts: Any) -> list[Any]:
    items = runtime.walking.items(parts) if isinstance(parts, list | tuple) else [parts]
    if not all(isinstance(part, transforms.Transform) for part in items):
        raise ValueError("transforms must be a Transform or a list of Transforms")
    return items


def transformed(
    runtime: Runtime, base_distribution: Any, transforms: Any, validate_args: Any = None
) -> Any:
    parts = _transforms(runtime, transforms)
    if not isinstance(base_distribution, distributions.Distribution):
        raise TypeError("TransformedDistribution takes a distribution")
    return distributions.TransformedDistribution(base_distribution, parts, bool(validate_args))


def _of_transform(name: str) -> Callable[..., Any]:
    """A transform's own methods, on tensors that are no larger with it than they may be."""

    def call(runtime: Runtime, owner: Any, *values: Any) -> Any:
        given = [runtime.calls.native(value, "bounded") for value in values]
        held = [t.shape for t in tensors_in([*given, *owner.__dict__.values()])]
        _check_together(runtime, held)
        return runtime.calls.made(getattr(owner, name)(*given))

    call.__name__ = name
    return call


def _entropy(runtime: Runtime, owner: Any) -> Any:
    return runtime.calls.made(owner.entropy())


def kl_divergence(runtime: Runtime, p: Any, q: Any) -> Any:
    if not all(isinstance(value, distributions.Distribution) for value in (p, q)):
        raise TypeError("kl_divergence takes two distributions")
    for cls, other in reversed(runtime.belongings.divergences):
        if isinstance(p, cls) and isinstance(q, other):
            return runtime.calls.call_value(runtime.belongings.divergences[cls, other], (p, q), {})
    _check_together(runtime, [_whole_shape(p), _whole_shape(q)])
    return runtime.calls.made(distributions.kl_divergence(p, q))


def register_kl(runtime: Runtime, type_p: Any, type_q: Any) -> Any:
    """@register_kl(Normal, Laplace): for this run alone."""
    both = [cls.cls if isinstance(cls, Function) else cls for cls in (type_p, type_q)]
    for which, cls in zip("pq", both, strict=True):
        if not (isinstance(cls, type) and issubclass(cls, distributions.Distribution)):
            raise TypeError(
                f"Expected type_{which} to be a subclass of Distribution but got {cls!r}"
            )

    def decorate(function: Any) -> Any:
        runtime.belongings.divergences[both[0], both[1]] = function
        return function

    return as_value(runtime, decorate)


def _reading(name: str) -> Callable[[Any], Any]:
    return operator.attrgetter(name)


def _expanded(runtime: Runtime, owner: Any, batch_shape: Any, _instance: Any = None) -> Any:
    shape = torch.Size(size_of(batch_shape))
    runtime.budget.check_elements(math.prod((*shape, *owner.event_shape)))
    return owner.expand(shape)


def _perplexity(runtime: Runtime, owner: Any) -> Any:
    return torch.exp(_entropy(runtime, owner))


_ATTRIBUTES = """
    batch_shape concentration concentration0 concentration1 event_shape has_rsample high loc logits
    base_dist component_distribution low mean mixture_distribution mode param_shape probs rate
    scale stddev variance covariance_matrix df total_count support arg_constraints transforms
    scale_tril precision_matrix cov_factor cov_diag
""".split()
TABLES: dict[type, Members] = {
    distributions.Distribution: Members(
        attributes={name: _reading(name) for name in _ATTRIBUTES},
        methods={
            "entropy": Function(_entropy, "special"),
            "enumerate_support": Function(_enumerated, "special"),
            "expand": Function(_expanded, "special"),
            "perplexity": Function(_perplexity, "special"),
            **{n: Function(_sampling(n), "special") for n in ("sample", "rsample")},
            **{n: Function(_of_value(n), "special") for n in ("log_prob", "cdf", "icdf")},
        },
    ),
    transforms.Transform: Members(
        attributes={
            "inv": _reading("inv"),
            "bijective": _reading("bijective"),
            "codomain": _reading("codomain"),
            "domain": _reading("domain"),
            "sign": _reading("sign"),
        },
        methods={
            name: Function(_of_transform(name), "special")
            for name in ("__call__", "log_abs_det_jacobian")
        },
    ),
    transforms.AffineTransform: Members(attributes={n: _reading(n) for n in ("loc", "scale")}),
    constraints.Constraint: Members(
        attributes={n: _reading(n) for n in ("event_dim", "is_discrete")},
        methods={"check": Function(lambda constraint, value: constraint.check(value), "bounded")},
    ),
}
NAMES: dict[str, object] = {}
for _name in _CLASSES:
    _cls = getattr(distributions, _name)
    _entry = Function(_made(_cls), "special", _cls)
    NAMES[f"torch.distributions.{_name}"] = _entry
    NAMES[f"{_cls.__module__}.{_name}"] = _entry
for _name, _call in (("Independent", independent), ("MixtureSameFamily", mixture)):
    _cls = getattr(distributions, _name)
    NAMES[f"torch.distributions.{_name}"] = Function(_call, "special", _cls)
    NAMES[f"{_cls.__module__}.{_name}"] = NAMES[f"torch.distributions.{_name}"]
_TRANSFORMS = """
    AbsTransform AffineTransform ExpTransform PowerTransform SigmoidTransform SoftmaxTransform
    SoftplusTransform StickBreakingTransform TanhTransform
""".split()
_CONSTRAINTS = """
    boolean real positive nonnegative unit_interval simplex real_vector lower_cholesky
    positive_definite nonnegative_integer positive_integer corr_cholesky
""".split()
for _name in _TRANSFORMS:
    _cls = getattr(transforms, _name)
    _entry = Function(_made(_cls), "special", _cls)
    NAMES[f"torch.distributions.{_name}"] = _entry
    NAMES[f"torch.distributions.transforms.{_name}"] = _entry
for _path in ("torch.distributions", "torch.distributions.transforms"):
    NAMES[f"{_path}.ComposeTransform"] = Function(compose, "special", transforms.ComposeTransform)
    NAMES[f"{_path}.Transform"] = Function(transforms.Transform, "class", transforms.Transform)
for _name in _CONSTRAINTS:
    NAMES[f"torch.distributions.constraints.{_name}"] = getattr(constraints, _name)
for _path in ("torch.distributions", "torch.distributions.transformed_distribution"):
    NAMES[f"{_path}.TransformedDistribution"] = Function(
        transformed, "special", distributions.TransformedDistribution
    )
NAMES["torch.distributions.kl_divergence"] = Function(kl_divergence, "special")
NAMES["torch.distributions.kl.kl_divergence"] = NAMES["torch.distributions.kl_divergence"]
for _path in ("torch.distributions", "torch.distributions.kl"):
    NAMES[f"{_path}.register_kl"] = Function(register_kl, "special")
for _name in """
    broadcast_all clamp_probs logits_to_probs probs_to_logits tril_matrix_to_vec vec_to_tril_matrix
""".split():
    NAMES[f"torch.distributions.utils.{_name}"] = Function(getattr(utils, _name), "bounded")
NAMES["torch.distributions.utils._sum_rightmost"] = Function(SUM_RIGHTMOST, "bounded")
NAMES["torch.distributions.utils.euler_constant"] = utils.euler_constant
NAMES["torch.distributions.Distribution"] = Function(
    distributions.Distribution, "class", distributions.Distribution
)


def validate(runtime: Runtime, value: Any) -> None:
    """Distribution.set_default_validate_args(…), for this run alone."""
    if not be_alone(runtime):
        raise Refused("call", "Distribution.set_default_validate_args")
    distributions.Distribution.set_default_validate_args(value)
    runtime.attributes.write(making_classes.own_distribution(runtime), "_validate_args", value)


# `Normal.arg_constraints`, where it does not depend on the instance.
CLASS_MEMBERS: dict[type, dict[str, object]] = {
    entry.cls: {"arg_constraints": entry.cls.__dict__["arg_constraints"]}
    for entry in NAMES.values()
    if isinstance(entry, Function)
    and entry.cls is not None
    and isinstance(getattr(entry.cls, "__dict__", {}).get("arg_constraints"), dict)
}
CLASS_MEMBERS[distributions.Distribution] = {
    "set_default_validate_args": Function(validate, "special")
}
