// How Tab changes a line, as in bash: one word completes it, several their common beginning; asked again, they are shown.
import type { Completions } from '../../scenario/terminal/complete.ts';

/** A line with its cursor. */
export interface Typed {
  readonly text: string;
  readonly cursor: number;
}

/** The line after Tab. A word that is complete gets a space behind it. */
export function completed({ text, cursor }: Typed, { from, words }: Completions): Typed {
  const [only = ''] = words;
  const isWhole = words.length === 1 && !/[/=]$/.test(only);
  const rest = text.slice(cursor);
  const word = words.length === 1 ? only : commonStart(words);
  const start = `${text.slice(0, from)}${word}${isWhole && !rest.startsWith(' ') ? ' ' : ''}`;
  // Nothing is taken away from what stands.
  return word.length < cursor - from ? { text, cursor } : { text: start + rest, cursor: start.length };
}

/** What all words begin with. */
export function commonStart(words: readonly string[]): string {
  const [first = ''] = words;
  let length = first.length;
  for (const word of words) while (!word.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
