// Priority classes, disruption budgets and leases as tables. Models pkg/printers/internalversion/printers.go.
import { age } from '../../api/human-duration.ts';
import type { Lease, PodDisruptionBudget, PriorityClass } from '../../api/types.ts';
import { AGE, column, NAME, type TableKind } from './table-kind.ts';

/** The table of PriorityClasses. */
export const priorityClassTable: TableKind<PriorityClass> = {
  columns: [NAME, column('Value', 'integer'), column('Global-Default'), AGE, column('PreemptionPolicy')],
  cells: (priority, nowMs) => [
    priority.metadata.name,
    priority.value ?? 0,
    priority.globalDefault ?? false,
    age(priority.metadata.creationTimestamp, nowMs),
    priority.preemptionPolicy ?? 'PreemptLowerPriority',
  ],
};

/** The table of PodDisruptionBudgets. */
export const podDisruptionBudgetTable: TableKind<PodDisruptionBudget> = {
  columns: [NAME, column('Min Available'), column('Max Unavailable'), column('Allowed Disruptions', 'integer'), AGE],
  cells: (budget, nowMs) => [
    budget.metadata.name,
    String(budget.spec?.minAvailable ?? 'N/A'),
    String(budget.spec?.maxUnavailable ?? 'N/A'),
    budget.status?.disruptionsAllowed ?? 0,
    age(budget.metadata.creationTimestamp, nowMs),
  ],
};

/** The table of Leases. */
export const leaseTable: TableKind<Lease> = {
  columns: [NAME, column('Holder'), AGE],
  cells: (lease, nowMs) => [lease.metadata.name, lease.spec?.holderIdentity ?? '', age(lease.metadata.creationTimestamp, nowMs)],
};
