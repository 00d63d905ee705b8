// The node's parts beside the Pod, and the probes that go over the ways between them.
import { Hexagon, Network, Package } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLanguage } from '../../i18n/language.ts';
import type { Text } from '../../i18n/messages.ts';
import { secondsText } from '../../session/amounts.ts';
import styles from './gutter.module.css';
import type { messages } from './messages.ts';
import type { ProbeMark } from './probes.ts';
import type { NodeMark, PodScene } from './scene.ts';

type Words = Text<(typeof messages)['en']>;

/** The node's parts that the Pod touches: the bridge at its plug, the kubelet that asks, the runtime that holds it. */
export function Gutter({ pod, words }: { readonly pod: PodScene; readonly words: Words }): ReactNode {
  const { node } = pod;
  return (
    <div className={styles.gutter} data-sandbox={pod.sandbox} data-network={pod.network.kind}>
      <Part icon={<Network size={15} aria-hidden />} name="cni0" detail={node?.bridge ?? words('bridge')} exists={node !== undefined} />
      <div className={styles.below}>
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
      <span className={styles.wayNote}>{words('every', secondsText(probe.periodMs, language))}</span>
      <b className={styles.capsule}>{probe.action.replace(/^(GET) \S*?(\/\S*)$/, '$1 $2')}</b>
      {answer && <span className={styles.wayAnswer}>{`${codeOf(answer.output)} ${answer.ok ? '✓' : '✕'}`.trim()}</span>}
    </div>
  );
}

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
