// The beam: the namespaces that pause holds and every container shares. Its plug is eth0.
import { Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Text } from '../../i18n/messages.ts';
import type { messages } from './messages.ts';
import styles from './beam.module.css';
import type { PodScene } from './scene.ts';
import { Chip } from '../../widgets/tone.tsx';

type Words = Text<(typeof messages)['en']>;

/** pause and what it holds; dotted while it is to come. */
export function Beam({ pod, words }: { readonly pod: PodScene; readonly words: Words }): ReactNode {
  const { network, sandbox } = pod;
  const isUp = sandbox === 'ready';
  const held: readonly (readonly [string, string])[] = [
    [network.kind === 'own' ? 'eth0' : 'hostIP', network.address],
    ['lo', isUp ? '127.0.0.1' : ''],
    ['hostname', isUp ? network.hostname : ''],
    ['IPC', isUp ? words('shared') : ''],
  ];
  return (
    <div className={styles.beam} data-sandbox={sandbox} role="group" aria-label={words('network')}>
      {network.kind === 'own' && <span className={styles.plug} aria-hidden />}
      <div className={styles.pause} data-sandbox={sandbox} data-container="pause" data-select={pod.mark.key}>
        <b>
          <Pause size={15} strokeWidth={3.4} aria-hidden />
          pause
          {sandbox === 'ready' && <Chip meaning="ready" text="Ready" />}
          {sandbox === 'notready' && <Chip meaning="finished" text="NotReady" />}
        </b>
        <span>{words(sandbox === 'none' ? 'pauseToCome' : isUp ? 'pauseHolds' : 'pauseStopped')}</span>
        {pod.sandboxAttempt > 0 && <span>{words('pauseAgain', pod.sandboxAttempt)}</span>}
      </div>
      <div className={styles.held}>
        <p className={styles.heldTitle}>{words(network.kind === 'own' ? 'network' : 'hostNetwork')}</p>
        <dl>
          {held.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-empty={value === '' || undefined}>{value === '' ? '·' : value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {pod.sharesProcesses && <p className={styles.pidBand}>{words('pidShared')}</p>}
    </div>
  );
}
