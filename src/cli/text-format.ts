// The runner's records for people: one line each, with the time in seconds.
import type { ReportRecord } from './report.ts';

interface Named {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly status?: { readonly phase?: string };
  readonly reason?: string;
  readonly message?: string;
}

/** A record as text, without a newline at its end. */
export function formatRecord(record: ReportRecord): string {
  const time = `${(record.t / 1000).toFixed(3)}s`.padStart(10);
  if (record.type === 'terminal') {
    const { input, stdout, stderr, exit } = record as ReportRecord & { input: string; stdout: string; stderr: string; exit: number | null };
    const said = `${stdout}${stderr}`.trimEnd();
    return `${time}  $ ${input}${said === '' ? '' : `\n${said}`}${exit === 0 ? '' : `\n[exit ${exit ?? 'still running'}]`}`;
  }
  if (record.type === 'object') {
    const { event, object } = record as ReportRecord & { event: string; object: Named };
    const name = [object.metadata?.namespace, object.metadata?.name].filter((part) => part !== undefined).join('/');
    const detail = object.kind === 'Event' ? `${object.reason}: ${object.message}` : (object.status?.phase ?? '');
    return `${time}  ${event.padEnd(8)} ${object.kind} ${name}  ${detail}`;
  }
  if (record.type === 'schedule') {
    const { pod, chosen, message } = record as ReportRecord & { pod: string; chosen: string | null; message: string };
    return `${time}  schedule ${pod} -> ${chosen ?? message}`;
  }
  const { steps, cpuMs, hash } = record as ReportRecord & { steps: number; cpuMs: number; hash: string };
  return `${time}  end: ${steps} steps, ${cpuMs} ms of CPU, hash ${hash}`;
}
