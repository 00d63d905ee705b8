// A resource of a cgroup: a grey block is requested, the post is the limit, the core is used, behind the post nothing may go.
import type { ReactNode } from 'react';
import type { Text } from '../../i18n/messages.ts';
import type { Allowance } from './columns.ts';
import type { messages } from './messages.ts';
import styles from './column.module.css';

interface CgroupBarProps {
  readonly name: string;
  readonly allowance: Allowance;
  readonly use: number | undefined;
  readonly print: (amount: number) => string;
  readonly words: Text<(typeof messages)['en']>;
}

/** One bar with its figures below. */
export function CgroupBar({ name, allowance, use, print, words }: CgroupBarProps): ReactNode {
  const { request, limit } = allowance;
  const isFree = request === undefined && limit === undefined;
  const scale = limit === undefined ? Math.max(request ?? 0, use ?? 0) * 1.6 : Math.max(limit, request ?? 0, use ?? 0) * 1.1;
  const share = (amount: number): string => `${Math.min(100, (amount / scale) * 100)}%`;
  return (
    <div data-resource={name}>
      <p className={styles.barName}>
        <b>{name}</b> {use !== undefined && <span>{words('use', print(use))}</span>}
        {isFree && <span className={styles.barNote}>{words('noAllowance')}</span>}
      </p>
      {!isFree && (
        <>
          <div className={styles.track} aria-hidden>
            {request !== undefined && <i className={styles.requested} style={{ width: share(request) }} />}
            {limit !== undefined && <i className={styles.beyond} style={{ left: share(limit) }} />}
            {use !== undefined && (
              <i className={styles.used} style={{ width: share(use) }} data-over={limit !== undefined && use >= limit} />
            )}
            {limit !== undefined && <i className={styles.post} style={{ left: share(limit) }} />}
          </div>
          <p className={styles.barNote}>
            <span>{request !== undefined && words('request', print(request))}</span>
            <span className={styles.limit} data-set={limit !== undefined}>
              {limit === undefined ? words('noLimit') : words('limit', print(limit))}
            </span>
          </p>
        </>
      )}
    </div>
  );
}
