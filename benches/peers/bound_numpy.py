"""The same empirical bound as benches/bound.rs, with numpy.

    echo arrays | python3 benches/peers/bound_numpy.py 10000000   # numpy 2

Reads a line a round, `arrays` or `chunks`, and answers with the seconds that it took.
Written for speed: default_rng's standard_normal into buffers that are kept, everything in
place. `arrays` works on whole arrays; `chunks` on pieces that stay in the cache, with the
variances merged, as our side does it.
"""
import math
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np

CHUNK = 8192
rng = np.random.default_rng(4)


def arrays(n, buffer):
    means, variances = [], []
    for shift, conjugate in ((1.5, False), (-0.5, True)):
        rng.standard_normal(out=buffer)
        buffer += shift  # T(x) of P; T(y) - 1 of Q
        if conjugate:
            np.exp(buffer, out=buffer)
        mean = buffer.mean()
        np.subtract(buffer, mean, out=buffer)
        means.append(mean)
        variances.append(np.dot(buffer, buffer) / (n - 1) / n)
    return means[0] - means[1], math.sqrt(sum(variances))


def chunks(n, buffer):
    means, variances = [], []
    for shift, conjugate in ((1.5, False), (-0.5, True)):
        seen, mean, squares = 0, 0.0, 0.0
        while seen < n:
            part = buffer[: min(CHUNK, n - seen)]
            rng.standard_normal(out=part)
            part += shift
            if conjugate:
                np.exp(part, out=part)
            own = part.mean()
            part -= own
            step, count = own - mean, len(part)
            squares += np.dot(part, part) + step * step * seen * count / (seen + count)
            mean += step * count / (seen + count)
            seen += count
        means.append(mean)
        variances.append(squares / (n - 1) / n)
    return means[0] - means[1], math.sqrt(sum(variances))


def main():
    n = int(sys.argv[1])
    buffer = np.empty(n)
    for line in sys.stdin:
        work = {"arrays": arrays, "chunks": chunks}[line.strip()]
        start = time.perf_counter()
        value, error = work(n, buffer)
        took = time.perf_counter() - start
        assert abs(value - 0.5) < 6 * error, (value, error)
        print(took, flush=True)


if __name__ == "__main__":
    main()
