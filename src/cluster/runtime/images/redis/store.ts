// What a redis server holds, and the few commands that learners type.
import { utf8Length } from '../../process/tree.ts';

/** What a command is answered with. */
export type Reply =
  | { readonly integer: number }
  /** `null`: there is no such key. */
  | { readonly text: string | null }
  | { readonly list: readonly string[] }
  /** A word of the server's own: OK. */
  | { readonly word: string }
  | { readonly error: string }
  /** A text that redis-cli shows as it is. */
  | { readonly report: string };

/** A store of texts by key. */
export interface Store {
  run(words: readonly string[]): Reply;
}

/** An empty store. */
export function createStore(): Store {
  const values = new Map<string, string>();
  const count = (key: string, by: number): Reply => {
    const before = Number(values.get(key) ?? 0);
    if (!Number.isInteger(before)) return { error: 'ERR value is not an integer or out of range' };
    values.set(key, String(before + by));
    return { integer: before + by };
  };
  return {
    run([name = '', ...args]) {
      const [key = '', value = ''] = args;
      switch (name.toLowerCase()) {
        case 'ping':
          return args.length > 0 ? { text: key } : { word: 'PONG' };
        case 'set':
          values.set(key, value);
          return { word: 'OK' };
        case 'get':
          return { text: values.get(key) ?? null };
        case 'incr':
          return count(key, 1);
        case 'incrby':
          return count(key, Number(value));
        case 'decr':
          return count(key, -1);
        case 'del':
          return { integer: args.filter((each) => values.delete(each)).length };
        case 'exists':
          return { integer: args.filter((each) => values.has(each)).length };
        case 'dbsize':
          return { integer: values.size };
        case 'keys':
          return { list: [...values.keys()].filter((each) => patternOf(key).test(each)) };
        case 'flushall':
        case 'flushdb':
          values.clear();
          return { word: 'OK' };
        case 'info':
          return { report: `# Keyspace\n${values.size > 0 ? `db0:keys=${values.size},expires=0,avg_ttl=0\n` : ''}` };
        case 'quit':
          return { word: 'OK' };
        default:
          return { error: `ERR unknown command '${name}', with args beginning with: ${args.map((each) => `'${each}' `).join('')}` };
      }
    },
  };
}

/** `*` and `?` of KEYS. */
function patternOf(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}

/** As redis-cli shows a reply on a terminal. */
export function shownReply(reply: Reply): string {
  if ('integer' in reply) return `(integer) ${reply.integer}\n`;
  if ('text' in reply) return reply.text === null ? '(nil)\n' : `"${reply.text}"\n`;
  if ('list' in reply) return reply.list.length === 0 ? '(empty array)\n' : reply.list.map((each, i) => `${i + 1}) "${each}"\n`).join('');
  if ('word' in reply) return `${reply.word}\n`;
  return 'error' in reply ? `(error) ${reply.error}\n` : reply.report;
}

/** As a reply goes over the wire, which telnet shows. Models RESP 2; its ends of lines are those of a terminal here. */
export function wireReply(reply: Reply): string {
  if ('integer' in reply) return `:${reply.integer}\n`;
  if ('text' in reply) return reply.text === null ? '$-1\n' : bulk(reply.text);
  if ('list' in reply) return `*${reply.list.length}\n${reply.list.map(bulk).join('')}`;
  if ('word' in reply) return `+${reply.word}\n`;
  return 'error' in reply ? `-${reply.error}\n` : bulk(reply.report);
}

const bulk = (text: string): string => `$${utf8Length(text)}\n${text}\n`;
