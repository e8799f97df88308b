"""Scores → trees, tags and event frames. FORMAT.md states the same rules for the runtime."""
import numpy as np

FAR = -1e9


def tree(scores):
    """Heads (0 = root) of words 1..n from scores[dependent, head], (1+n)²: the best single-root tree.

    Greedy heads are taken when they already form such a tree; else Chu-Liu-Edmonds, and if that leaves
    several roots, once more for each root candidate alone.
    """
    n = scores.shape[0] - 1
    greedy = np.argmax(scores, axis=1)
    greedy[0] = 0
    if sum(greedy[1:] == 0) == 1 and not cycle(greedy):
        return greedy[1:]
    heads = edmonds(scores)
    roots = [i for i in range(1, n + 1) if heads[i] == 0]
    if len(roots) != 1:
        best = None
        for root in roots:
            single = scores.copy()
            single[:, 0] = FAR
            single[root, 0] = scores[root, 0]
            candidate = edmonds(single)
            total = sum(single[i, candidate[i]] for i in range(1, n + 1))
            if best is None or total > best[0]:
                best = total, candidate
        heads = best[1]
    return heads[1:]


def cycle(heads):
    """Some cycle of the words' heads, or None."""
    state = np.zeros(len(heads), dtype=int)
    state[0] = -1
    for start in range(1, len(heads)):
        path, i = [], start
        while state[i] == 0:
            state[i] = start
            path.append(i)
            i = heads[i]
        if i and state[i] == start and i in path:
            return path[path.index(i):]
    return None


def edmonds(scores):
    """Maximum spanning arborescence from node 0 (Chu-Liu-Edmonds, by contraction)."""
    scores = scores.copy()
    np.fill_diagonal(scores, FAR)
    heads = np.argmax(scores, axis=1)
    heads[0] = 0
    loop = cycle(heads)
    if loop is None:
        return heads
    inside = set(loop)
    outside = [i for i in range(len(scores)) if i not in inside]
    total = sum(scores[i, heads[i]] for i in loop)
    m = len(outside)
    small = np.full((m + 1, m + 1), FAR, dtype=float)
    small[:m, :m] = scores[np.ix_(outside, outside)]
    leave, enter = {}, {}
    for k, i in enumerate(outside):
        if i:
            j = max(loop, key=lambda j: scores[i, j])
            small[k, m], leave[k] = scores[i, j], j
        gain = {j: scores[j, i] - scores[j, heads[j]] for j in loop}
        j = max(loop, key=gain.get)
        small[m, k], enter[k] = total + gain[j], j
    inner = edmonds(small)
    result = heads.copy()
    for k, i in enumerate(outside):
        if i:
            result[i] = leave[k] if inner[k] == m else outside[inner[k]]
    k = inner[m]
    result[enter[k]] = outside[k]
    return result


def names(scores, tags):
    """BIO tags of a sentence from scores[word, tag]: the best word by word, an "I" that continues nothing becomes "B"."""
    out = []
    for row in scores:
        tag = tags[int(np.argmax(row))]
        if tag[0] == "I" and (not out or out[-1][1:] != tag[1:]):
            tag = "B" + tag[1:]
        out.append(tag)
    return out
