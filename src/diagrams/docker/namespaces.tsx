// The table of namespaces: a row a kind, a cell for those who are in the same one. What is shared is one bar over its columns.
import type { CSSProperties, ReactNode } from 'react';
import styles from './docker.module.css';
import { type Cell, KINDS, type Side } from './rooms.ts';
import type { Scene } from './scene.ts';
import type { Words } from './side.tsx';

export function Namespaces({ scene, words }: { readonly scene: Scene; readonly words: Words }): ReactNode {
  const { docker, pod } = scene;
  return (
    <table className={styles.table} aria-label={words('namespaces')}>
      <thead>
        <tr className={styles.row}>
          <th className={styles.sideName}>{words('docker')}</th>
          <th className={styles.caption}>{words('namespaces')}</th>
          <th className={styles.sideName}>{words('pod')}</th>
        </tr>
      </thead>
      <tbody>
        {KINDS.map((kind) => (
          <tr key={kind} className={styles.row} data-kind={kind}>
            <Cells side={docker} cells={docker?.cells[kind]} words={words} />
            <th scope="row" className={styles.kind}>
              {words(kind)} <code>{kind}</code>
            </th>
            <Cells side={pod} cells={pod?.cells[kind]} words={words} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellsProps {
  readonly side: Side | undefined;
  readonly cells: readonly Cell[] | undefined;
  readonly words: Words;
}

function Cells({ side, cells = [], words }: CellsProps): ReactNode {
  return (
    <td className={styles.cells} style={{ '--columns': side?.boxes.length ?? 1 } as CSSProperties}>
      {cells.map((cell) => {
        const text = cell.isShared ? sharedText(cell, words) : ownText(cell, words);
        return (
          <span
            key={cell.first}
            className={styles.cell}
            data-shared={cell.isShared || undefined}
            style={{ '--place': `${cell.first + 1} / span ${cell.count}` } as CSSProperties}
            title={text}
          >
            {cell.isShared && <Rings />}
            {cell.isShared && <b>{words('shared')}</b>} <span>{text}</span>
          </span>
        );
      })}
    </td>
  );
}

const Rings = (): ReactNode => (
  <svg width="20" height="12" viewBox="0 0 20 12" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
    <circle cx="6.5" cy="6" r="5" />
    <circle cx="13.5" cy="6" r="5" />
  </svg>
);

const portsOf = ({ boxes }: Cell): string => boxes.flatMap(({ ports }) => ports).join(', ');
const processesOf = ({ boxes }: Cell): string =>
  boxes.flatMap(({ processes }) => processes.map(({ pid, command }) => `${pid} ${command}`)).join(' · ');

function sharedText(cell: Cell, words: Words): string {
  const { kind, room, isHosts } = cell;
  if (isHosts) return words('hosts');
  switch (kind) {
    case 'net':
      return words('sharedNet', room?.ip ?? '', portsOf(cell));
    case 'uts':
      return words('sharedUts', room?.hostname ?? '');
    case 'ipc':
      return words('sharedIpc');
    case 'pid':
      return words('sharedPid', `${room?.heldBy === 'pause' ? '1 /pause · ' : ''}${processesOf(cell)}`);
    case 'mnt':
      return '';
  }
}

function ownText(cell: Cell, words: Words): string {
  const { kind, room, isHosts, boxes } = cell;
  if (isHosts) return words('hosts');
  switch (kind) {
    case 'net':
      return room?.ip ? `eth0 ${room.ip}` : words('noAddress');
    case 'uts':
      return room?.hostname ?? '';
    case 'ipc':
      return words('own');
    case 'pid':
      return processesOf(cell) || words('own');
    case 'mnt':
      return words('filesOf', boxes[0]?.image ?? '');
  }
}
