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
  const swap = (i: number, j: number): void => {
    const held = items[i] as T;
    items[i] = items[j] as T;
    items[j] = held;
  };
  const isBefore = (i: number, j: number): boolean => before(items[i] as T, items[j] as T);
  return {
    get size() {
      return items.length;
    },
    push(item) {
      items.push(item);
      let i = items.length - 1;
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (!isBefore(i, parent)) break;
        swap(i, parent);
        i = parent;
      }
    },
    peek: () => items[0],
    pop() {
      const top = items[0];
      const last = items.pop();
      if (items.length === 0 || last === undefined) return top;
      items[0] = last;
      let i = 0;
      for (;;) {
        let least = i;
        const left = 2 * i + 1;
        if (left < items.length && isBefore(left, least)) least = left;
        if (left + 1 < items.length && isBefore(left + 1, least)) least = left + 1;
        if (least === i) return top;
        swap(i, least);
        i = least;
      }
    },
  };
}
