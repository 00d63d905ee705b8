// The addresses of a node's Pods: what the CNI plugin `bridge` with `host-local` hands out. The bridge itself has .1.

/** A node's range of Pod addresses. */
export interface Addresses {
  /** The next free address after the last one handed out; undefined where none is left. Models plugins/ipam/host-local allocator. */
  take(): string | undefined;
  /** Takes a certain address, for what stands at the start. */
  reserve(ip: string): void;
  release(ip: string): void;
}

const FIRST = 2;
const LAST = 254;

/** The addresses of a range that is written without its last part: `10.244.1`. */
export function createAddresses(range: string): Addresses {
  const taken = new Set<string>();
  let last = FIRST - 1;
  return {
    take() {
      for (let tried = FIRST; tried <= LAST; tried += 1) {
        last = last >= LAST ? FIRST : last + 1;
        const ip = `${range}.${last}`;
        if (taken.has(ip)) continue;
        taken.add(ip);
        return ip;
      }
      return undefined;
    },
    reserve(ip) {
      taken.add(ip);
      if (ip.startsWith(`${range}.`)) last = Math.max(last, Number(ip.slice(range.length + 1)));
    },
    release(ip) {
      taken.delete(ip);
    },
  };
}
