// One Pod from inside. React draws what a step changes; texts that count down follow the playhead by themselves.
import { Hexagon, Network, Package } from 'lucide-react';
import { type CSSProperties, type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useLanguage, useText } from '../../i18n/language.ts';
import type { Text } from '../../i18n/messages.ts';
import { createPodMarker, type PodMark } from '../../session/pod-marks.ts';
import type { Session } from '../../session/session.ts';
import { movingLength } from './amounts.ts';
import { Beam } from './beam.tsx';
import { Column } from './column.tsx';
import { Conditions } from './conditions-strip.tsx';
import { messages } from './messages.ts';
import { Moving } from './moving.tsx';
import styles from './pod.module.css';
import type { ProbeMark } from './probes.ts';
import { type NodeMark, type PodScene, sceneAt } from './scene.ts';
import { Shelf } from './shelf.tsx';
import { Chip } from './tone.tsx';

type Words = Text<(typeof messages)['en']>;

/** The figure, as wide as its place; it scrolls where it is taller. */
export function PodAnatomy({ session }: { readonly session: Session }): ReactNode {
  const words = useText(messages);
  const trace = useStore(session.store, (state) => state.trace);
  const version = useStore(session.store, (state) => state.version);
  const step = useStore(session.store, (state) => state.step);
  const selection = useStore(session.store, (state) => state.selection);
  const [marker] = useState(createPodMarker);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the trace is filled in place; its version says when
  const scene = useMemo(() => sceneAt(trace, step, selection, marker), [trace, version, step, selection, marker]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={styles.stage} role="group" aria-label={labelOf(scene, words)} tabIndex={0}>
      {scene.kind !== 'none' && scene.others.length > (scene.kind === 'pod' ? 1 : 0) && (
        <Pods session={session} pods={scene.others} shown={scene.kind === 'pod' ? scene.pod.mark.key : undefined} label={words('pods')} />
      )}
      {scene.kind === 'pod' ? (
        <Anatomy session={session} pod={scene.pod} words={words} />
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
  readonly words: Words;
}

function Anatomy({ session, pod, words }: AnatomyProps): ReactNode {
  const { node, mark } = pod;
  return (
    <section className={styles.node} data-exists={node !== undefined} aria-label={node?.name ?? words('noNode')}>
      <h2 className={styles.nodeTitle}>
        {node?.name ?? words('noNode')}
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
      >
        <Head session={session} pod={pod} words={words} />
        <Beam pod={pod} words={words} />
        <div className={styles.body} style={{ '--columns': templateOf(pod) } as CSSProperties}>
          {pod.columns.map((column, i) => (
            <Column key={column.cell.name} session={session} column={column} order={i + 1} pod={pod} words={words} />
          ))}
          <Shelf pod={pod} words={words} />
        </div>
      </article>
    </section>
  );
}

/** A column with probes is wider. */
const templateOf = ({ columns }: PodScene): string => columns.map(({ probes }) => COLUMNS[Math.min(2, probes.length)]).join(' ');

const COLUMNS = ['minmax(172px, 1fr)', 'minmax(340px, 1.75fr)', 'minmax(500px, 2.6fr)'] as const;

function Head({ session, pod, words }: AnatomyProps): ReactNode {
  const { mark, deletion } = pod;
  const language = useLanguage();
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        <h3 className={styles.podName}>
          {mark.name}
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
      <Conditions session={session} conditions={pod.conditions} words={words} />
    </header>
  );
}

/** The node's parts that the Pod touches: the bridge at its plug, the kubelet that asks, the runtime that holds it. */
function Gutter({ pod, words }: { readonly pod: PodScene; readonly words: Words }): ReactNode {
  const { node } = pod;
  return (
    <div className={styles.gutter} data-sandbox={pod.sandbox} data-network={pod.network.kind}>
      <Part icon={<Network size={15} aria-hidden />} name="cni0" detail={node?.bridge ?? words('bridge')} exists={node !== undefined} />
      <Way probe={lastProbe(pod, 'network')} words={words} />
      <Part
        icon={<Hexagon size={15} aria-hidden />}
        name="kubelet"
        detail={words(node?.isKubeletDown ? 'down' : 'kubelet')}
        exists={node !== undefined}
        isDown={node?.isKubeletDown}
      />
      <Way probe={lastProbe(pod, 'runtime')} words={words} />
      <Part
        icon={<Package size={15} aria-hidden />}
        name="containerd"
        detail={words(node?.isRuntimeDown ? 'down' : 'runtime')}
        exists={node !== undefined}
        isDown={node?.isRuntimeDown}
      />
    </div>
  );
}

interface PartProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly detail: string;
  readonly exists: boolean;
  readonly isDown?: NodeMark['isKubeletDown'] | undefined;
}

function Part({ icon, name, detail, exists, isDown = false }: PartProps): ReactNode {
  return (
    <div className={styles.part} data-part={name} data-exists={exists} data-down={isDown || undefined}>
      <b>
        {icon}
        {name}
      </b>
      <span>{detail}</span>
    </div>
  );
}

/** A way between two parts, with the probe that was last answered over it. */
function Way({ probe, words }: { readonly probe: ProbeMark | undefined; readonly words: Words }): ReactNode {
  const language = useLanguage();
  if (probe === undefined) return <div className={styles.way} aria-hidden />;
  const { answer } = probe;
  return (
    <div className={styles.way} data-ok={answer?.ok}>
      <span className={styles.wayNote}>{words('every', plainSeconds(probe.periodMs, language))}</span>
      <b className={styles.capsule}>{probe.action.replace(/^(GET) \S*?(\/\S*)$/, '$1 $2')}</b>
      {answer && <span className={styles.wayAnswer}>{`${codeOf(answer.output)} ${answer.ok ? '✓' : '✕'}`.trim()}</span>}
    </div>
  );
}

const plainSeconds = (ms: number, language: 'ko' | 'en'): string => (language === 'ko' ? `${ms / 1000}초` : `${ms / 1000} s`);

/** The status code in an answer, where it has one. */
const codeOf = (output: string): string => /statuscode: (\d+)/.exec(output)?.[1] ?? '';

/** The probe of the whole Pod that was answered last over a way, or else the first that will use it. */
function lastProbe({ columns }: PodScene, route: ProbeMark['route']): ProbeMark | undefined {
  let found: ProbeMark | undefined;
  for (const probe of columns.flatMap(({ probes }) => probes)) {
    if (probe.route === route && (found === undefined || (probe.answer?.at ?? -1) > (found.answer?.at ?? -1))) found = probe;
  }
  return found;
}
