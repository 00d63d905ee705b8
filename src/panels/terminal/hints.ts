// What the page has to say beside a real shell's answer: the slips that beginners make.

/** A hint, by its name in the dictionary. */
export type HintName =
  | 'hint-prompt'
  | 'hint-kubectl'
  | 'hint-alias'
  | 'hint-verb'
  | 'hint-exec'
  | 'hint-file'
  | 'hint-type'
  | 'hint-docker'
  | 'hint-localhost'
  | 'hint-placeholder'
  | 'hint-node'
  | 'hint-pod-network';

/** kubectl's verbs that somebody may have meant. */
const VERBS = ['get', 'describe', 'create', 'apply', 'delete', 'logs', 'exec', 'run', 'edit', 'explain', 'label', 'annotate', 'wait'];
/** A value of one's own that stands in angle brackets, perhaps with only the first of them. */
const PLACEHOLDER = /<[^>\s][^>]*>|<(?:pod|POD|node|NODE|container|name|이름|파드)/;
/** Files that stand on nodes. */
const ON_NODES = /\/(?:var\/lib\/kubelet|etc\/kubernetes)\b/;
/** An address of the Pod network, or of a Service. */
const POD_ADDRESS = /\b10\.(?:244|96)\.\d+\.\d+/;
/** A name with a dash where a type should be: no type has one. */
const OWN_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)+$/;
/** Letters that may differ between what was typed and what was meant. */
const SLIPS = 2;
const COMMAND_NOT_FOUND = 127;

/** The hint for a line that has ended with a code; undefined where there is nothing to add. */
export function hintOf(line: string, exit: number | null): HintName | undefined {
  const words = line.trim().split(/\s+/);
  const [first = '', verb = ''] = words;
  if (first.startsWith('$') && (first === '$' || /^\$(kubectl|docker|curl)$/.test(first))) return 'hint-prompt';
  if (exit === 0) return undefined;
  if (first === 'k') return 'hint-alias';
  if (first !== 'kubectl' && distance(first, 'kubectl') <= SLIPS) return 'hint-kubectl';
  if (PLACEHOLDER.test(line)) return 'hint-placeholder';
  if (/\blocahost\b|\blocalhsot\b|\blcoalhost\b/.test(line)) return 'hint-localhost';
  // Where there is no docker, and not where docker itself says no.
  if (first === 'docker' && exit === COMMAND_NOT_FOUND) return 'hint-docker';
  if (first === 'crictl' || (first !== 'ssh' && ON_NODES.test(line))) return 'hint-node';
  if (/^(?:curl|wget|ping|nc|telnet)$/.test(first) && POD_ADDRESS.test(line)) return 'hint-pod-network';
  if (first !== 'kubectl') return undefined;
  if (/\s(?:-f|--filename=?)$/.test(line.trim())) return 'hint-file';
  if (verb === 'exec' && !words.includes('--')) return 'hint-exec';
  if (/^(?:get|describe|delete)$/.test(verb) && OWN_NAME.test(words[2] ?? '')) return 'hint-type';
  return /^[a-z]+$/.test(verb) && isNearVerb(verb) ? 'hint-verb' : undefined;
}

/** The verb that was meant, for the words of the hint. */
const isNearVerb = (verb: string): boolean =>
  !VERBS.includes(verb) && verb.length > 3 && VERBS.some((known) => distance(verb, known) <= SLIPS);

/** How many letters to change, leave out or add, or neighbours to swap, from one word to another. */
function distance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > SLIPS) return SLIPS + 1;
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let k = 1; k <= to.length; k += 1) {
      const cost = from[i - 1] === to[k - 1] ? 0 : 1;
      const above = rows[i - 1] ?? [];
      let least = Math.min((above[k] ?? 0) + 1, (row[k - 1] ?? 0) + 1, (above[k - 1] ?? 0) + cost);
      if (i > 1 && k > 1 && from[i - 1] === to[k - 2] && from[i - 2] === to[k - 1])
        least = Math.min(least, (rows[i - 2]?.[k - 2] ?? 0) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[from.length]?.[to.length] ?? SLIPS + 1;
}
