// Pods as a table. Models pkg/printers/internalversion/printers.go printPod.
import { age } from '../../api/human-duration.ts';
import type { Pod } from '../../api/types.ts';
import { podStatus, restartsText } from './pod-status.ts';
import { AGE, column, NAME, type TableKind, wideColumn } from './table-kind.ts';

/** The table of Pods. */
export const podTable: TableKind<Pod> = {
  columns: [
    NAME,
    column('Ready'),
    column('Status'),
    column('Restarts'),
    AGE,
    wideColumn('IP'),
    wideColumn('Node'),
    wideColumn('Nominated Node'),
    wideColumn('Readiness Gates'),
  ],
  cells(pod, nowMs) {
    const columns = podStatus(pod);
    return [
      pod.metadata.name,
      `${columns.ready}/${columns.total}`,
      columns.status,
      restartsText(columns, nowMs),
      age(pod.metadata.creationTimestamp, nowMs),
      pod.status.podIPs?.[0]?.ip || pod.status.podIP || '<none>',
      pod.spec.nodeName || '<none>',
      pod.status.nominatedNodeName || '<none>',
      readinessGates(pod),
    ];
  },
};

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const conditions = pod.status.conditions ?? [];
  const met = gates.filter((gate) => conditions.some((c) => c.type === gate.conditionType && c.status === 'True'));
  return `${met.length}/${gates.length}`;
}
