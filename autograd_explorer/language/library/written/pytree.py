"""torch.utils._pytree: lists, tuples and dicts within one another, as one list of what they hold."""

from collections import OrderedDict, defaultdict


class TreeSpec:
    def __init__(self, kind, context, children):
        self.type, self.context, self.children_specs = kind, context, children
        self.num_children = len(children)
        leaves = [child.num_leaves for child in children]
        self.num_leaves = 1 if kind is None else sum(leaves)

    def is_leaf(self):
        return self.type is None

    def unflatten(self, leaves):
        return tree_unflatten(leaves, self)

    def __eq__(self, other):
        mine = (self.type, self.context, self.children_specs)
        return mine == (other.type, other.context, other.children_specs)

    def __repr__(self):
        if self.is_leaf():
            return "*"
        inner = ", ".join(map(repr, self.children_specs))
        return f"TreeSpec({self.type.__name__}, {self.context}, [{inner}])"


def _parts(tree):
    """The kind of a container, what it needs beside its parts, and these; None of a leaf."""
    kind = type(tree)
    if kind in (dict, OrderedDict):
        return kind, list(tree), list(tree.values())
    if kind is defaultdict:
        return kind, [tree.default_factory, list(tree)], list(tree.values())
    if kind in (list, tuple):
        return kind, None, list(tree)
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return kind, kind, list(tree)
    return None


def tree_flatten(tree, is_leaf=None):
    found = None if is_leaf is not None and is_leaf(tree) else _parts(tree)
    if found is None:
        return [tree], TreeSpec(None, None, [])
    kind, context, parts = found
    leaves, specs = [], []
    for part in parts:
        inner, spec = tree_flatten(part, is_leaf)
        leaves += inner
        specs.append(spec)
    return leaves, TreeSpec(kind, context, specs)


def tree_unflatten(leaves, treespec):
    leaves = list(leaves)
    if len(leaves) != treespec.num_leaves:
        raise ValueError(
            f"treespec.unflatten(leaves): `leaves` has length {len(leaves)} but the spec "
            f"refers to a pytree that holds {treespec.num_leaves} items ({treespec})."
        )
    if treespec.is_leaf():
        return leaves[0]
    parts, at = [], 0
    for spec in treespec.children_specs:
        parts.append(tree_unflatten(leaves[at : at + spec.num_leaves], spec))
        at += spec.num_leaves
    kind, context = treespec.type, treespec.context
    if kind in (dict, OrderedDict):
        return kind(zip(context, parts))
    if kind is defaultdict:
        return defaultdict(context[0], zip(context[1], parts))
    return kind(parts) if kind in (list, tuple) else kind(*parts)


def tree_leaves(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[0]


def tree_structure(tree, is_leaf=None):
    return tree_flatten(tree, is_leaf)[1]


def _leaves_along(tree, spec):
    """The leaves of another tree that has at least this shape."""
    if spec.is_leaf():
        return [tree]
    found = _parts(tree)
    if found is None or found[0] is not spec.type or len(found[2]) != spec.num_children:
        raise ValueError(f"Type mismatch; expected {spec.type!r}, but got {type(tree)!r}.")
    _, context, parts = found
    if spec.type in (dict, OrderedDict) and context != spec.context:
        parts = [tree[key] for key in spec.context]
    return [leaf for p, s in zip(parts, spec.children_specs) for leaf in _leaves_along(p, s)]


def tree_map(func, tree, *rests, is_leaf=None):
    leaves, spec = tree_flatten(tree, is_leaf)
    others = [_leaves_along(other, spec) for other in rests]
    return tree_unflatten([func(*several) for several in zip(leaves, *others)], spec)


def tree_map_only(kinds, func, tree, is_leaf=None):
    return tree_map(lambda x: func(x) if isinstance(x, kinds) else x, tree, is_leaf=is_leaf)


def tree_all(pred, tree, is_leaf=None):
    return all(map(pred, tree_leaves(tree, is_leaf)))


def tree_any(pred, tree, is_leaf=None):
    return any(map(pred, tree_leaves(tree, is_leaf)))
