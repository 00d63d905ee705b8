// How kubectl ends badly, and the text it says it with. Models k8s.io/kubectl/pkg/cmd/util/helpers.go checkErr.
import type { Status } from '../cluster/api/types.ts';

/** Why a command cannot go on. */
export type Failure =
  /** A refusal of the API server. */
  | { readonly is: 'status'; readonly status: Status }
  /** kubectl's own words. */
  | { readonly is: 'text'; readonly text: string }
  /** Several at once. */
  | { readonly is: 'many'; readonly failures: readonly Failure[] }
  /** Only an exit code: what there was to say has been said. */
  | { readonly is: 'exit'; readonly exit: number };

/** Thrown inside kubectl; caught where its program ends (or where a command goes on with the next object). */
export class KubectlError extends Error {
  override readonly name = 'KubectlError';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failureMessage(failure));
    this.failure = failure;
  }
}

/** An error in kubectl's own words; `error: ` comes before them. */
export const fail = (text: string): KubectlError => new KubectlError({ is: 'text', text });
/** An error that the API server answered. */
export const refused = (status: Status): KubectlError => new KubectlError({ is: 'status', status });
/** Ends kubectl with this code without a word. */
export const exitWith = (exit: number): KubectlError => new KubectlError({ is: 'exit', exit });
/** A mistake in how a command was called. Models cmdutil.UsageErrorf. */
export const usageError = (command: string, text: string): KubectlError =>
  fail(`${text}\nSee 'kubectl ${command} -h' for help and examples`);

/** One error for several: thrown only if there are any. */
export function throwAll(failures: readonly Failure[]): void {
  const [first] = failures;
  if (first) throw new KubectlError(failures.length === 1 ? first : { is: 'many', failures });
}

/** Says, in a refusal that concerns an object from a file, what was being done. Models cmdutil.AddSourceToErr. */
export function withSource(failure: Failure, doing: string, source: string | undefined): Failure {
  if (source === undefined) return failure;
  const prefix = `error when ${doing} ${JSON.stringify(source)}: `;
  if (failure.is === 'text') return { is: 'text', text: prefix + failure.text };
  if (failure.is !== 'status') return failure;
  return { is: 'status', status: { ...failure.status, message: prefix + (failure.status.message ?? '') } };
}

/** Puts words before a failure's own, turning a refusal into kubectl's words. Models fmt.Errorf("...: %w") of a Status. */
export const withPrefix = (failure: Failure, prefix: string): Failure => ({ is: 'text', text: prefix + failureMessage(failure) });

/** The plain message of a failure, as Go's err.Error() has it. */
export function failureMessage(failure: Failure): string {
  switch (failure.is) {
    case 'status':
      return failure.status.message ?? '';
    case 'text':
      return failure.text;
    case 'many': {
      const messages = [...new Set(failure.failures.map(failureMessage))];
      return messages.length === 1 ? (messages[0] ?? '') : `[${messages.join(', ')}]`;
    }
    case 'exit':
      return `exit status ${failure.exit}`;
  }
}

/** What is written on stderr, and the exit code. */
export function report(failure: Failure): { readonly text: string; readonly exit: number } {
  if (failure.is === 'exit') return { text: '', exit: failure.exit };
  const text = reportText(failure);
  return { text: text.endsWith('\n') ? text : `${text}\n`, exit: 1 };
}

function reportText(failure: Failure): string {
  if (failure.is === 'many') return failure.failures.map((one) => `${standardMessage(one)}\n`).join('');
  if (failure.is === 'status' && failure.status.reason === 'Invalid') return invalidText(failure.status);
  if (failure.is === 'status') return standardMessage(failure);
  const message = failureMessage(failure);
  return message.startsWith('error: ') ? message : `error: ${message}`;
}

/** Models StandardErrorMessage. */
function standardMessage(failure: Failure): string {
  if (failure.is !== 'status') return failureMessage(failure);
  const { reason = '', message = '' } = failure.status;
  if (reason === 'Unauthorized') return `error: You must be logged in to the server (${message})`;
  return reason === '' ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

/** One line for one cause, a list for several; the same text for create and apply. */
function invalidText({ details, message = '' }: Status): string {
  if (!details) return 'The request is invalid';
  const isNamed = Boolean(details.kind || details.name);
  const subject = isNamed ? `The ${details.kind} ${JSON.stringify(details.name ?? '')} is invalid` : 'The request is invalid';
  const causes = [...new Set((details.causes ?? []).map((cause) => `${cause.field}: ${cause.message}`))];
  if (causes.length === 0) return isNamed || message === '' ? subject : `${subject}: ${message}`;
  if (causes.length === 1) return `${subject}: ${causes[0]}\n`;
  return `${subject}: \n${causes.map((cause) => `* ${cause}\n`).join('')}`;
}
