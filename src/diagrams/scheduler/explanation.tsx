// What the chosen plugin does, and what it looked at: the Pod's side, the node's side, the sum.
import { type ReactNode, useEffect, useRef } from 'react';
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
  const raw = chosen.part === 'score' ? attempt.rows.find((row) => row.node === name)?.scores[column]?.raw : undefined;
  const facts = pod && node ? factsOf(plugin, pod, node, raw) : undefined;
  const sentence = keyOf(chosen.part, plugin);
  const frame = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cell was chosen
  useEffect(() => {
    frame.current?.scrollIntoView({ block: 'nearest' });
  }, [plugin, name, chosen.part]);
  return (
    <section ref={frame} className={styles.box} aria-live="polite" data-about={plugin}>
      <h3>
        {words('about', plugin, name)} <span className={styles.hint}>{words(chosen.part === 'filter' ? 'asFilter' : 'asScore')}</span>
      </h3>
      <p>{sentence ? (words as (key: Key) => string)(sentence) : words('unknownPlugin')}</p>
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
