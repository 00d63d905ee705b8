// `--dry-run` and `--validate`, which several commands share. Models cmdutil.GetDryRunStrategy and GetValidationDirective.
import { fail } from './failure.ts';
import type { Flags, FlagSpec } from './flags.ts';

/** The flags. */
export const DRY_RUN_FLAG: FlagSpec = { name: 'dry-run', type: 'string', default: 'none', bare: 'unchanged' };
export const VALIDATE_FLAG: FlagSpec = { name: 'validate', type: 'string', default: 'strict', bare: 'strict' };

/** Whether, and where, a command only shows what it would do. */
export type DryRun = 'none' | 'client' | 'server';

/** Reads `--dry-run`. */
export function dryRunOf(flags: Flags): DryRun {
  const value = flags.text('dry-run');
  if (value === 'none' || value === 'client' || value === 'server') return value;
  if (value === 'unchanged') throw fail('Invalid dry-run value (unchanged). Must be "none", "server", or "client".');
  if (value === '') return 'none';
  throw fail(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

/** What is said after an operation that was not done. */
export function dryRunSuffix(dryRun: DryRun): string {
  if (dryRun === 'none') return '';
  return dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
}

/** The query of a request that writes. */
export function writeQuery(flags: Flags, fieldManager: string): Record<string, string> {
  const query: Record<string, string> = { fieldManager };
  const validation = fieldValidation(flags.text('validate'));
  if (validation) query.fieldValidation = validation;
  if (dryRunOf(flags) === 'server') query.dryRun = 'All';
  return query;
}

function fieldValidation(value: string): string | undefined {
  const known: Readonly<Record<string, string>> = {
    '': 'Strict',
    true: 'Strict',
    strict: 'Strict',
    warn: 'Warn',
    false: 'Ignore',
    ignore: 'Ignore',
  };
  const found = known[value];
  if (found === undefined) {
    throw fail(`invalid - validate option: ${value}; must be one of: strict (or true), warn, ignore (or false)`);
  }
  return found;
}
