// One Pod from inside. React draws what a step changes; texts that count down follow the playhead by themselves.
import { type CSSProperties, type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useLanguage, useText } from '../../i18n/language.ts';
import type { Text } from '../../i18n/messages.ts';
import { containerOfSelection, nodeSelection } from '../../session/cursor.ts';
import { createPodMarker, type PodMark } from '../../session/pod-marks.ts';
import { useSelecting } from '../../session/selecting.ts';
import type { Session } from '../../session/session.ts';
import { movingLength } from '../../session/amounts.ts';
import { Beam } from './beam.tsx';
import { Column } from './column.tsx';
import { Conditions } from './conditions-strip.tsx';
import { Gutter } from './gutter.tsx';
import { messages } from './messages.ts';
import { Moving } from './moving.tsx';
import styles from './pod.module.css';
import { type PodScene, sceneAt } from './scene.ts';
import { Shelf } from './shelf.tsx';
import { Chip } from '../../widgets/tone.tsx';

type Words = Text<(typeof messages)['en']>;

/** The figure, as wide as its place; it scrolls where it is taller. */
export function PodAnatomy({ session }: { readonly session: Session }): ReactNode {
  const words = useText(messages);
  const trace = useStore(session.store, (state) => state.trace);
  const version = useStore(session.store, (state) => state.version);
  const step = useStore(session.store, (state) => state.step);
  const selection = useStore(session.store, (state) => state.selection);
  const selecting = useSelecting(session);
  const [marker] = useState(createPodMarker);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const scene = useMemo(() => sceneAt(trace, step, selection, marker), [trace, version, step, selection, marker]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={styles.stage} role="group" aria-label={labelOf(scene, words)} tabIndex={0} {...selecting}>
      {scene.kind !== 'none' && scene.others.length > (scene.kind === 'pod' ? 1 : 0) && (
        <Pods session={session} pods={scene.others} shown={scene.kind === 'pod' ? scene.pod.mark.key : undefined} label={words('pods')} />
      )}
      {scene.kind === 'pod' ? (
        <Anatomy session={session} pod={scene.pod} selection={selection} words={words} />
      ) : (
        <p className={styles.empty}>{scene.kind === 'none' ? words('none') : words(scene.isGone ? 'gone' : 'notYet', scene.name)}</p>
      )}
    </div>
  );
}

function labelOf(scene: ReturnType<typeof sceneAt>, words: Words): string {
  if (scene.kind === 'pod') return words('figure', scene.pod.mark.name, scene.pod.columns.length);
  return scene.kind === 'none' ? words('none') : words(scene.isGone ? 'gone' : 'notYet', scene.name);
}

interface PodsProps {
  readonly session: Session;
  readonly pods: readonly PodMark[];
  readonly shown: string | undefined;
  readonly label: string;
}

/** The other Pods that could be looked into. */
function Pods({ session, pods, shown, label }: PodsProps): ReactNode {
  return (
    <div className={styles.pods} role="group" aria-label={label}>
      {pods.map((pod) => (
        <button key={pod.key} type="button" aria-pressed={pod.key === shown} onClick={() => session.select(pod.key)}>
          {pod.name}
        </button>
      ))}
    </div>
  );
}

interface AnatomyProps {
  readonly session: Session;
  readonly pod: PodScene;
  readonly selection: string | undefined;
  readonly words: Words;
}

function Anatomy({ session, pod, selection, words }: AnatomyProps): ReactNode {
  const { node, mark } = pod;
  return (
    <section className={styles.node} data-exists={node !== undefined} aria-label={node?.name ?? words('noNode')}>
      <h2 className={styles.nodeTitle}>
        {node ? (
          <button
            type="button"
            className={styles.name}
            aria-pressed={selection === nodeSelection(node.name)}
            data-select={nodeSelection(node.name)}
          >
            {node.name}
          </button>
        ) : (
          words('noNode')
        )}
        <span>
          {node === undefined ? words('noNodeWhy') : `${words('worker')} · ${words(node.ready === 'True' ? 'nodeReady' : 'nodeNotReady')}`}
        </span>
      </h2>
      <Gutter pod={pod} words={words} />
      <article
        className={styles.pod}
        data-sandbox={pod.sandbox}
        data-pod={mark.key}
        data-status={mark.status}
        data-phase={mark.phase}
        data-ready={mark.ready}
        data-selected={selection === mark.key || undefined}
      >
        <Head session={session} pod={pod} selection={selection} words={words} />
        <Beam pod={pod} words={words} />
        <div className={styles.body} style={{ '--columns': templateOf(pod) } as CSSProperties}>
          {pod.columns.map((column, i) => (
            <Column
              key={column.cell.name}
              session={session}
              column={column}
              order={i + 1}
              pod={pod}
              isSelected={column.cell.name === containerOfSelection(selection)}
              words={words}
            />
          ))}
          <Shelf pod={pod} words={words} />
        </div>
      </article>
    </section>
  );
}

/** A column with probes is wider. */
const templateOf = ({ columns }: PodScene): string => columns.map(({ probes }) => COLUMNS[Math.min(2, probes.length)]).join(' ');

const COLUMNS = ['minmax(172px, 1fr)', 'minmax(340px, 1.75fr)', 'minmax(470px, 2.6fr)'] as const;

function Head({ session, pod, selection, words }: AnatomyProps): ReactNode {
  const { mark, deletion } = pod;
  const language = useLanguage();
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        <h3 className={styles.podName}>
          <button type="button" className={styles.name} aria-pressed={selection === mark.key} data-select={mark.key}>
            {mark.name}
          </button>
          <span>{words('inNamespace', mark.namespace)}</span>
        </h3>
        <dl className={styles.facts}>
          <div>
            <dt>phase</dt>
            <dd>{mark.phase}</dd>
          </div>
          <div>
            <dt>READY</dt>
            <dd>{mark.ready}</dd>
          </div>
          <div>
            <dt>RESTARTS</dt>
            <dd>{mark.restarts}</dd>
          </div>
          {pod.qosClass !== '' && (
            <div>
              <dt>QoS</dt>
              <dd>{pod.qosClass}</dd>
            </div>
          )}
          <div>
            <dt>restartPolicy</dt>
            <dd>{pod.restartPolicy}</dd>
          </div>
        </dl>
        <span className={styles.chips}>
          {deletion && (
            <Moving
              session={session}
              className={styles.countdown}
              text={(t) => (deletion.until > t ? `${words('grace')} ${movingLength(deletion.until - t, language)}` : words('graceOver'))}
            />
          )}
          <Chip meaning={mark.meaning} text={mark.status} />
        </span>
      </div>
      <Conditions session={session} pod={mark.key} conditions={pod.conditions} words={words} />
    </header>
  );
}
