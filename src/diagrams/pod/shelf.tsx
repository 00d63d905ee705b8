// The shelf below the containers: a board for each volume, a wire down to it from every container that mounts it.
import { Database, Lock } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { Text } from '../../i18n/messages.ts';
import type { messages } from './messages.ts';
import styles from './shelf.module.css';
import type { PodScene } from './scene.ts';
import type { MountMark, VolumeMark } from './volumes.ts';

type Words = Text<(typeof messages)['en']>;

/** The wire of a column to one volume: it ends at the board with its mounts, or goes on behind it to a board further down. */
interface Wire {
  readonly volume: string;
  readonly mounts: readonly MountMark[] | undefined;
}

/** The boards. */
export function Shelf({ pod, words }: { readonly pod: PodScene; readonly words: Words }): ReactNode {
  return pod.volumes.map((volume, i) => (
    <section
      key={volume.name}
      className={styles.volume}
      data-exists={pod.sandbox !== 'none'}
      data-volume={volume.name}
      aria-label={`${words('volumes')} ${volume.name}`}
    >
      {pod.columns.map(({ cell }, column) => (
        <div key={cell.name} className={styles.wires} style={{ '--column': column + 1 } as CSSProperties}>
          {wiresAt(pod.volumes, i, column).map(({ volume: name, mounts }) =>
            mounts === undefined ? (
              <span key={name} className={styles.passing} aria-hidden />
            ) : (
              <ul key={name} className={styles.mounts}>
                {mounts.map((mount) => (
                  <Mount key={`${mount.path} ${mount.subPath}`} mount={mount} words={words} />
                ))}
              </ul>
            ),
          )}
        </div>
      ))}
      <Board volume={volume} exists={pod.sandbox !== 'none'} words={words} />
    </section>
  ));
}

/** What crosses the space above a board in one column: wires for boards further down at the left, so that each keeps its place. */
function wiresAt(volumes: readonly VolumeMark[], board: number, column: number): readonly Wire[] {
  return volumes
    .slice(board)
    .map(({ name, mounts }, i) => ({ volume: name, own: mounts[column] ?? [], isHere: i === 0 }))
    .filter(({ own }) => own.length > 0)
    .map(({ volume, own, isHere }) => ({ volume, mounts: isHere ? own : undefined }))
    .reverse();
}

function Mount({ mount, words }: { readonly mount: MountMark; readonly words: Words }): ReactNode {
  return (
    <li className={styles.mount} title={mount.path}>
      <span className={styles.mountOf}>{mount.container} </span>
      <span className={styles.path}>{mount.path}</span>
      {mount.subPath !== '' && <em>{words('subPath', mount.subPath)}</em>}
      {mount.isReadOnly && (
        <em title={words('readOnly')}>
          <Lock size={10} aria-hidden /> ro
        </em>
      )}
    </li>
  );
}

function Board({ volume, exists, words }: { readonly volume: VolumeMark; readonly exists: boolean; readonly words: Words }): ReactNode {
  const isUnused = volume.mounts.every((mounts) => mounts.length === 0);
  return (
    <p className={styles.board} data-exists={exists && volume.missing === undefined}>
      <Database size={14} aria-hidden />
      <b>{volume.name}</b>
      <span>{volume.type}</span>
      {volume.detail !== '' && <code>{volume.detail}</code>}
      {volume.files.length > 0 && <span>{words('files', volume.files.join(', '))}</span>}
      {volume.missing !== undefined && <strong>{words('missing', volume.missing)}</strong>}
      {isUnused && <span>{words('unused')}</span>}
    </p>
  );
}
