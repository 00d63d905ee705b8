// The text of FailedScheduling, put together again from the cells: each counted reason carries the letter of its rows.
import { compareText } from '../../base/order.ts';
import type { NodeVerdict } from '../../cluster/notes.ts';

/** A piece of the text; with a letter where rows stand for it. */
export interface TextPart {
  readonly text: string;
  readonly letter?: string;
}

/** The text in pieces, and the letter of each reason. */
export interface FitText {
  readonly parts: readonly TextPart[];
  readonly letters: ReadonlyMap<string, string>;
}

const letterOf = (i: number): string => (i < 26 ? String.fromCharCode(65 + i) : String(i + 1));

/** Takes the text of an attempt to pieces. Models pkg/scheduler/framework/types.go FitError.Error, backwards. */
export function fitText(message: string, verdicts: readonly NodeVerdict[]): FitText {
  const counts = new Map<string, number>();
  for (const { reject } of verdicts) for (const reason of reject?.reasons ?? []) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const counted = [...counts]
    .map(([reason, count]) => ({ reason, text: `${count} ${reason}` }))
    .sort((a, b) => compareText(a.text, b.text));
  const head = `0/${verdicts.length} nodes are available:`;
  const assembled = `${head} ${counted.map(({ text }) => text).join(', ')}.`;
  // A plugin that refused the Pod before any node was looked at is not counted by nodes.
  const pieces = message.startsWith(assembled) ? counted : [...counts.keys()].map((reason) => ({ reason, text: reason }));
  const letters = new Map<string, string>();
  const parts: TextPart[] = [];
  let rest = message;
  for (const { reason, text } of pieces) {
    const at = rest.indexOf(text);
    if (at < 0) continue;
    const letter = letterOf(letters.size);
    letters.set(reason, letter);
    if (at > 0) parts.push({ text: rest.slice(0, at) });
    parts.push({ text, letter });
    rest = rest.slice(at + text.length);
  }
  if (rest !== '') parts.push({ text: rest });
  return { parts, letters };
}
