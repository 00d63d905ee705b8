// What the chosen plugin does, and what it looked at: the Pod's side, the node's side, the sum.
import type { ReactNode } from 'react';
import type { Trace } from '../../engine/trace.ts';
import type { Chosen, Words } from './attempt-table.tsx';
import type { AttemptIndex } from './attempts.ts';
import { type Fact, factsOf, nodeAt } from './facts.ts';
import { messages } from './messages.ts';
import { type Attempt, podAt } from './scene.ts';
import styles from './scheduler.module.css';

type Key = keyof (typeof messages)['en'];

/** The dictionary's key of a plugin's sentence, where it has one. */
function keyOf(kind: 'filter' | 'score', plugin: string): Key | undefined {
  const key = `${kind}${plugin}`;
  return key in messages.en ? (key as Key) : undefined;
}

interface ExplanationProps {
  readonly chosen: Chosen;
  readonly attempt: Attempt;
  readonly pod: string;
  readonly trace: Trace;
  readonly index: AttemptIndex;
  readonly words: Words;
}

export function Explanation({ chosen, attempt, pod: key, trace, index, words }: ExplanationProps): ReactNode {
  const { plugin, node: name } = chosen;
  const pod = podAt(trace, attempt, key);
  const node = name === '' ? undefined : nodeAt(trace, attempt.step, name, index);
  const column = attempt.scores.findIndex((score) => score.plugin === plugin);
  const raw = attempt.rows.find((row) => row.node === name)?.scores[column]?.raw;
  const facts = pod && node ? factsOf(plugin, pod, node, raw) : undefined;
  const isFilter = attempt.filters.some((filter) => filter.plugin === plugin);
  const sentences = [
    { key: isFilter ? keyOf('filter', plugin) : undefined, title: words('asFilter') },
    { key: column >= 0 ? keyOf('score', plugin) : undefined, title: words('asScore') },
  ].flatMap((one) => (one.key ? [{ ...one, text: (words as (key: Key) => string)(one.key) }] : []));
  return (
    <section className={styles.box} aria-live="polite" data-about={plugin}>
      <h3>{words('about', plugin, name)}</h3>
      {sentences.length === 0 && <p>{words('unknownPlugin')}</p>}
      {sentences.map(({ title, text }) => (
        <p key={title}>
          {sentences.length > 1 && <b>{title}: </b>}
          {text}
        </p>
      ))}
      {facts && (
        <dl className={styles.facts}>
          <Side title={words('podSide')} facts={facts.pod} />
          <Side title={words('nodeSide')} facts={facts.node} />
          {facts.sum.length > 0 && (
            <div>
              <dt>{words('arithmetic')}</dt>
              {facts.sum.map((line) => (
                <dd key={line}>{line}</dd>
              ))}
            </div>
          )}
        </dl>
      )}
    </section>
  );
}

function Side({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }): ReactNode {
  if (facts.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      {facts.map(({ field, value }) => (
        <dd key={field + value}>
          <span className={styles.field}>{field}</span> {value}
        </dd>
      ))}
    </div>
  );
}
