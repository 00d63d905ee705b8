// Paths as text.

/** An absolute path without `.`, `..` and doubled slashes; a relative one is taken from `cwd`. */
export function absolutePath(path: string, cwd: string): string {
  const parts: string[] = [];
  const whole = path.startsWith('/') ? path : `${cwd}/${path}`;
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The directory of an absolute path. */
export function parentPath(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? '/' : path.slice(0, cut);
}

/** The last name in a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `a` and `b` with one slash between them. */
export function joinPath(a: string, b: string): string {
  return a.endsWith('/') ? a + b : `${a}/${b}`;
}
