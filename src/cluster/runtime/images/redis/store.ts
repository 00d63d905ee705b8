// What a redis server holds, and the few commands that learners type.

/** A store of texts by key. */
export interface Store {
  /** Runs one command and answers as redis-cli shows it on a terminal. */
  run(words: readonly string[]): string;
}

/** An empty store. */
export function createStore(): Store {
  const values = new Map<string, string>();
  const count = (key: string, by: number): string => {
    const before = Number(values.get(key) ?? 0);
    if (!Number.isInteger(before)) return '(error) ERR value is not an integer or out of range\n';
    values.set(key, String(before + by));
    return `(integer) ${before + by}\n`;
  };
  return {
    run([name = '', ...args]) {
      const [key = '', value = ''] = args;
      switch (name.toLowerCase()) {
        case 'ping':
          return args.length > 0 ? `"${key}"\n` : 'PONG\n';
        case 'set':
          values.set(key, value);
          return 'OK\n';
        case 'get': {
          const found = values.get(key);
          return found === undefined ? '(nil)\n' : `"${found}"\n`;
        }
        case 'incr':
          return count(key, 1);
        case 'incrby':
          return count(key, Number(value));
        case 'decr':
          return count(key, -1);
        case 'del':
          return `(integer) ${args.filter((each) => values.delete(each)).length}\n`;
        case 'exists':
          return `(integer) ${args.filter((each) => values.has(each)).length}\n`;
        case 'dbsize':
          return `(integer) ${values.size}\n`;
        case 'keys': {
          const pattern = new RegExp(
            `^${key
              .replace(/[.+^${}()|[\]\\]/g, '\\$&')
              .replaceAll('*', '.*')
              .replaceAll('?', '.')}$`,
          );
          const found = [...values.keys()].filter((each) => pattern.test(each));
          return found.length === 0 ? '(empty array)\n' : found.map((each, i) => `${i + 1}) "${each}"\n`).join('');
        }
        case 'flushall':
        case 'flushdb':
          values.clear();
          return 'OK\n';
        case 'info':
          return `# Keyspace\n${values.size > 0 ? `db0:keys=${values.size},expires=0,avg_ttl=0\n` : ''}`;
        case 'quit':
          return 'OK\n';
        default:
          return `(error) ERR unknown command '${name}', with args beginning with: ${args.map((each) => `'${each}' `).join('')}\n`;
      }
    },
  };
}
