// What the same command came to on each side: the real text, and its point first where it is long.
import type { ReactNode } from 'react';
import { Icon } from '../../widgets/icon.tsx';
import styles from './docker.module.css';
import type { Asked } from './questions.ts';
import type { Scene } from './scene.ts';
import type { Words } from './side.tsx';

/** A table of processes, of whose many columns two matter here. */
const PROCESSES = /^USER +PID .* COMMAND$/;

export function Answers({ scene, words }: { readonly scene: Scene; readonly words: Words }): ReactNode {
  const { docker, pod } = scene;
  const verdict = compare(docker?.asked, pod?.asked);
  return (
    <div className={styles.answers}>
      <Answer asked={docker?.asked} side="docker" words={words} />
      <p className={styles.between}>
        {words('sameCommand')}
        {verdict !== undefined && <b>{words(verdict === 'same' ? 'sameAnswer' : 'differentAnswers')}</b>}
      </p>
      <Answer asked={pod?.asked} side="pod" words={words} />
    </div>
  );
}

/** Whether two answers say the same; undefined while one is missing. */
function compare(left: Asked | undefined, right: Asked | undefined): 'same' | 'different' | undefined {
  const [a, b] = [left?.answer, right?.answer];
  if (!a || !b) return undefined;
  return a.exit === b.exit && a.stdout.trim() === b.stdout.trim() ? 'same' : 'different';
}

interface AnswerProps {
  readonly asked: Asked | undefined;
  readonly side: 'docker' | 'pod' | 'api';
  readonly words: Words;
}

export function Answer({ asked, side, words }: AnswerProps): ReactNode {
  const answer = asked?.answer;
  const isGood = answer?.exit === 0;
  return (
    <div className={styles.answer} data-answer={side} data-exit={answer?.exit ?? undefined}>
      <p className={styles.command}>{asked ? `$ ${asked.line}` : words('notAsked')}</p>
      {asked && !answer && <p className={styles.running}>{words('runs')}</p>}
      {answer && (
        <div className={styles.result} data-good={isGood || undefined}>
          <Icon name={isGood ? 'check' : 'close'} size={15} />
          <span className="sr-only">{isGood ? words('works') : words('exit', answer.exit ?? -1)}</span>
          <Output text={isGood ? answer.stdout : `${answer.stdout}${answer.stderr}`} words={words} />
        </div>
      )}
    </div>
  );
}

function Output({ text, words }: { readonly text: string; readonly words: Words }): ReactNode {
  const shown = text.trimEnd();
  const lines = shown.split('\n');
  if (shown === '') return <p>{words('nothing')}</p>;
  const gist = gistOf(lines);
  if (gist === undefined) return <pre>{shown}</pre>;
  return (
    <div>
      <pre data-table>{gist}</pre>
      <details>
        <summary>{words('whole', lines.length)}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre data-table tabIndex={0}>
          {shown}
        </pre>
      </details>
    </div>
  );
}

/** One line of an answer: the one that says most. */
export const shortOf = (text: string): string => (gistOf(text.trim().split('\n')) ?? text.trim()).replace(/<[^>]+>/g, '');

/** What says most: of a page its heading, of processes their numbers and commands; undefined where all of it is short. */
function gistOf(lines: readonly string[]): string | undefined {
  const [head = ''] = lines;
  if (PROCESSES.test(head)) {
    const from = head.indexOf('COMMAND');
    return lines.map((line) => `${(line.split(/ +/)[1] ?? '').padStart(4)}  ${line.slice(from)}`).join('\n');
  }
  return lines.length === 1 ? undefined : (lines.find((line) => line.includes('<h1>')) ?? head).trim();
}
