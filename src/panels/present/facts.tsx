// What `kubectl get pod` would say of the Pod that is shown, readable from the last row.
import { type ReactNode, useMemo } from 'react';
import type { Pod } from '../../cluster/api/types.ts';
import { markPod, NOTHING } from '../../session/pod-marks.ts';
import { selectedPod } from '../../session/selected-pod.ts';
import { useSessionState } from '../../session/use-session.ts';
import css from './present.module.css';

export function Facts(): ReactNode {
  const trace = useSessionState((state) => state.trace);
  const step = useSessionState((state) => state.step);
  const selection = useSessionState((state) => state.selection);
  const key = selectedPod(trace, step, selection);
  const pod = key === undefined ? undefined : (trace.row(key, step) as Pod | undefined);
  const mark = useMemo(() => (key !== undefined && pod ? markPod(key, pod, NOTHING) : undefined), [key, pod]);
  if (!mark) return null;
  const facts = [
    ['STATUS', mark.status],
    ['phase', mark.phase],
    ['READY', mark.ready],
    ['RESTARTS', String(mark.restarts)],
  ] as const;
  return (
    <dl className={css.facts} data-testid="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
