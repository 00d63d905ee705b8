// Paths of files in volumes. Models validateLocalDescendingPath and its kin in pkg/apis/core/validation/validation.go.
import { type FieldError, invalidValue } from '../field-error.ts';

/** A path may not climb. */
export const noBacksteps = (path: string, field: string): FieldError[] =>
  path.split('/').includes('..') ? [invalidValue(field, path, "must not contain '..'")] : [];

/** A path that stays below where it starts. */
export const descendingPath = (path: string, field: string): FieldError[] => [
  ...(path.startsWith('/') ? [invalidValue(field, path, 'must be a relative path')] : []),
  ...noBacksteps(path, field),
];

/** A path that stays below where it starts and does not begin like one that is kept for the system. */
export const localPath = (path: string, field: string): FieldError[] => [
  ...descendingPath(path, field),
  ...(path.startsWith('..') && path !== '..' && !path.startsWith('../') ? [invalidValue(field, path, "must not start with '..'")] : []),
];

const MODE_TEXT = 'must be a number between 0 and 0777 (octal), both inclusive';

/** A file's permission bits. */
export const fileMode = (mode: number | undefined, field: string): FieldError[] =>
  mode !== undefined && (mode > 0o777 || mode < 0) ? [invalidValue(field, mode, MODE_TEXT)] : [];
