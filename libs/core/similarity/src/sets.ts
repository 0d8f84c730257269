/** How many numbers two sorted lists without repeats share. */
export function shared(a: Uint32Array, b: Uint32Array): number {
  let [i, j, count] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] as number, b[j] as number];
    if (x === y) count += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return count;
}

/** What two sets share, of all that is in either: 0 (nothing) to 1 (the same). Of two empty sets 0. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  const both = shared(a, b);
  return both === 0 ? 0 : both / (a.length + b.length - both);
}

/** The numbers of `a` that are not in `b`; both sorted. */
export function without(a: Uint32Array, b: Uint32Array): Uint32Array {
  let j = 0;
  return a.filter((x) => {
    while (j < b.length && (b[j] as number) < x) j += 1;
    return b[j] !== x;
  });
}

/** The numbers that at least `share` of the sets have, and at least two of them; sorted. */
export function common(sets: readonly Uint32Array[], share: number): Uint32Array {
  const all = new Uint32Array(sets.reduce((sum, set) => sum + set.length, 0));
  let filled = 0;
  for (const set of sets) {
    all.set(set, filled);
    filled += set.length;
  }
  all.sort();
  const need = Math.max(2, Math.ceil(sets.length * share));
  let kept = 0;
  for (let from = 0; from < all.length;) {
    let to = from + 1;
    while (to < all.length && all[to] === all[from]) to += 1;
    if (to - from >= need) {
      all[kept] = all[from] as number;
      kept += 1;
    }
    from = to;
  }
  return all.slice(0, kept);
}
