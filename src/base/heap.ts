// A binary heap: the smallest item first, by a comparison that never finds two items equal.

/** A queue of items from which the smallest is taken. */
export interface Heap<T> {
  readonly size: number;
  push(item: T): void;
  peek(): T | undefined;
  pop(): T | undefined;
}

/** An empty heap ordered by `before`: whether `a` comes before `b`. */
export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];
  // An item on its way is held in the hand: those that it passes move by one place, and it is put down once, at its end.
  const up = (item: T): void => {
    let i = items.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = items[parent] as T;
      if (!before(item, above)) break;
      items[i] = above;
      i = parent;
    }
    items[i] = item;
  };
  const down = (item: T): void => {
    const { length } = items;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= length) break;
      if (child + 1 < length && before(items[child + 1] as T, items[child] as T)) child += 1;
      const least = items[child] as T;
      if (!before(least, item)) break;
      items[i] = least;
      i = child;
    }
    items[i] = item;
  };
  return {
    get size() {
      return items.length;
    },
    push: up,
    // Asked again and again while it is empty: reading past the end of a list is slow.
    peek: () => (items.length === 0 ? undefined : items[0]),
    pop() {
      const top = items[0];
      const last = items.pop();
      if (items.length > 0 && last !== undefined) down(last);
      return top;
    },
  };
}
