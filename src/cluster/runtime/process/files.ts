// A machine's file system: a root tree with other trees mounted into it.
import { compareText } from '../../../base/order.ts';
import type { Instant } from '../../../engine/records.ts';
import { absolutePath, joinPath, lastName, parentPath } from './paths.ts';
import type { Files, FileStat, OpenFile } from './program.ts';
import type { DirectoryNode, FileNode, Tree, TreeNode } from './tree.ts';
import { directoryNode, fileNode, utf8Length } from './tree.ts';

/** A tree at a path. Of a tree with one file as its root, `path` is that file. */
export interface TreeMount {
  readonly path: string;
  readonly tree: Tree;
  readonly readOnly: boolean;
}

/** What a file system is made of. */
export interface FilesSpec {
  at(): Instant;
  /** Whose permissions count; 0 may do everything. */
  readonly uid: number;
  readonly root: Tree;
  readonly rootReadOnly?: boolean;
  readonly mounts?: readonly TreeMount[];
}

type Failure = { readonly error: string };
/** Where a path leads. `node` is missing where only its directory exists. */
interface Place {
  readonly path: string;
  readonly node: TreeNode | undefined;
  readonly parent: DirectoryNode | undefined;
  readonly name: string;
  readonly mount: TreeMount;
}

const failed = (place: object): place is Failure => 'error' in place;

/** A file system over trees. Mount points are made where they are missing, as a container runtime makes them. */
export function createFiles(spec: FilesSpec): Files {
  const rootMount: TreeMount = { path: '/', tree: spec.root, readOnly: spec.rootReadOnly ?? false };
  const mounts = new Map<string, TreeMount>([['/', rootMount]]);
  const byLength = [...(spec.mounts ?? [])].sort((a, b) => a.path.length - b.path.length);

  /** Follows a path name by name; the last name's own link only if `follow`. */
  const locate = (path: string, follow: boolean, depth = 0): Place | Failure => {
    if (depth > 40) return { error: 'ELOOP' };
    const names = path.split('/').filter((name) => name !== '');
    let here = '/';
    let mount = rootMount;
    let node: TreeNode = spec.root.root;
    let parent: DirectoryNode | undefined;
    for (let i = 0; i < names.length; i += 1) {
      const name = names[i] as string;
      if (node.kind !== 'directory') return { error: 'ENOTDIR' };
      parent = node;
      const next = joinPath(here, name);
      const mounted = mounts.get(next);
      const child: TreeNode | undefined = mounted ? mounted.tree.root : parent.entries.get(name);
      const last = i === names.length - 1;
      if (mounted) mount = mounted;
      if (!child) return last ? { path: next, node: undefined, parent, name, mount } : { error: 'ENOENT' };
      if (child.kind === 'link' && (!last || follow)) {
        const rest = names.slice(i + 1).join('/');
        return locate(absolutePath(rest === '' ? child.target : `${child.target}/${rest}`, here), follow, depth + 1);
      }
      here = next;
      node = child;
    }
    return { path: here, node, parent, name: names.at(-1) ?? '', mount };
  };

  const mayWrite = (node: TreeNode): boolean => spec.uid === 0 || (node.uid === spec.uid ? node.mode & 0o200 : node.mode & 0o002) !== 0;
  const mayRead = (node: TreeNode): boolean => spec.uid === 0 || (node.uid === spec.uid ? node.mode & 0o400 : node.mode & 0o004) !== 0;

  /** Why a name may not be added to or taken from a directory. */
  const refusal = (place: Place): string | undefined => {
    if (place.mount.readOnly) return 'EROFS';
    if (place.parent && !mayWrite(place.parent)) return 'EACCES';
    return undefined;
  };

  const put = (place: Place, node: TreeNode): Failure | Record<string, never> => {
    const error = place.parent ? refusal(place) : 'EEXIST';
    if (error !== undefined || !place.parent) return { error: error ?? 'EEXIST' };
    place.parent.entries.set(place.name, node);
    place.parent.modifiedAt = spec.at();
    return {};
  };

  const setText = (tree: Tree, node: FileNode, text: string, size: number): { error?: string } => {
    if (tree.usedBytes - node.size + size > tree.limitBytes) return { error: 'ENOSPC' };
    tree.usedBytes += size - node.size;
    node.text = text;
    node.size = size;
    node.modifiedAt = spec.at();
    return {};
  };

  /** The file at a path for writing, made where it is missing. */
  const writable = (path: string): { readonly node: FileNode; readonly mount: TreeMount } | Failure => {
    const place = locate(path, true);
    if (failed(place)) return place;
    if (place.node?.kind === 'directory') return { error: 'EISDIR' };
    if (place.node && place.node.kind !== 'file') return { error: 'EACCES' };
    if (place.node) {
      if (place.mount.readOnly) return { error: 'EROFS' };
      return mayWrite(place.node) ? { node: place.node, mount: place.mount } : { error: 'EACCES' };
    }
    const node = fileNode(spec.at(), '', 0o644, spec.uid);
    const made = put(place, node);
    return 'error' in made && made.error !== undefined ? { error: made.error } : { node, mount: place.mount };
  };

  const opened = (node: FileNode, tree: Tree): OpenFile => ({
    length: () => node.text.length,
    read: (from, max) => node.text.slice(from, from + max),
    write(from, text) {
      const held = node.text;
      if (from >= held.length) return setText(tree, node, held + text, node.size + utf8Length(text));
      const next = held.slice(0, from) + text + held.slice(from + text.length);
      return setText(tree, node, next, utf8Length(next));
    },
    identity: node,
  });

  const removable = (path: string): Place | Failure => {
    const place = locate(path, false);
    if (failed(place)) return place;
    if (!place.node) return { error: 'ENOENT' };
    if (mounts.has(place.path)) return { error: 'EBUSY' };
    const error = refusal(place);
    return error === undefined ? place : { error };
  };

  const release = (tree: Tree, node: TreeNode): void => {
    if (node.kind === 'file') tree.usedBytes -= node.size;
    if (node.kind === 'directory') for (const inner of node.entries.values()) release(tree, inner);
  };

  const files: Files = {
    read(path) {
      const place = locate(path, true);
      if (failed(place)) return place;
      if (!place.node) return { error: 'ENOENT' };
      if (place.node.kind === 'directory') return { error: 'EISDIR' };
      if (!mayRead(place.node)) return { error: 'EACCES' };
      return { text: place.node.kind === 'file' ? place.node.text : '' };
    },
    write(path, text, append) {
      const target = writable(path);
      if ('error' in target) return target;
      if (append) return setText(target.mount.tree, target.node, target.node.text + text, target.node.size + utf8Length(text));
      return setText(target.mount.tree, target.node, text, utf8Length(text));
    },
    open(path, mode) {
      if (mode === 'read') {
        const place = locate(path, true);
        if (failed(place)) return place;
        if (!place.node) return { error: 'ENOENT' };
        if (!mayRead(place.node)) return { error: 'EACCES' };
        if (place.node.kind === 'directory') return { error: 'EISDIR' };
        return place.node.kind === 'file' ? { file: opened(place.node, place.mount.tree) } : { error: 'ENXIO' };
      }
      const target = writable(path);
      if ('error' in target) return target;
      if (mode === 'write') setText(target.mount.tree, target.node, '', 0);
      return { file: opened(target.node, target.mount.tree) };
    },
    stat(path, followLinks = true) {
      const place = locate(path, followLinks);
      if (failed(place)) return place;
      return place.node ? statOf(place.node) : { error: 'ENOENT' };
    },
    list(path) {
      const place = locate(path, true);
      if (failed(place)) return place;
      if (!place.node) return { error: 'ENOENT' };
      if (place.node.kind !== 'directory') return { error: 'ENOTDIR' };
      if (!mayRead(place.node)) return { error: 'EACCES' };
      return { names: [...place.node.entries.keys()].sort(compareText) };
    },
    mkdir(path) {
      const place = locate(path, false);
      if (failed(place)) return place;
      return place.node ? { error: 'EEXIST' } : put(place, directoryNode(spec.at(), 0o755, spec.uid));
    },
    remove(path) {
      const place = removable(path);
      if (failed(place) || !place.parent || !place.node) return failed(place) ? place : { error: 'EBUSY' };
      if (place.node.kind === 'directory' && place.node.entries.size > 0) return { error: 'ENOTEMPTY' };
      release(place.mount.tree, place.node);
      place.parent.entries.delete(place.name);
      place.parent.modifiedAt = spec.at();
      return {};
    },
    rename(from, to) {
      const source = removable(from);
      if (failed(source) || !source.parent || !source.node) return failed(source) ? source : { error: 'EBUSY' };
      const target = locate(to, false);
      if (failed(target)) return target;
      if (target.mount.tree !== source.mount.tree) return { error: 'EXDEV' };
      if (target.path === source.path) return {};
      if (target.path.startsWith(`${source.path}/`)) return { error: 'EINVAL' };
      if (target.node?.kind === 'directory' && source.node.kind !== 'directory') return { error: 'EISDIR' };
      if (target.node?.kind === 'directory' && target.node.entries.size > 0) return { error: 'ENOTEMPTY' };
      if (target.node && source.node.kind === 'directory' && target.node.kind !== 'directory') return { error: 'ENOTDIR' };
      const made = put(target, source.node);
      if ('error' in made && made.error !== undefined) return made;
      if (target.node) release(target.mount.tree, target.node);
      source.parent.entries.delete(source.name);
      source.parent.modifiedAt = spec.at();
      return {};
    },
    link(target, path) {
      const place = locate(path, false);
      if (failed(place)) return place;
      if (place.node) return { error: 'EEXIST' };
      return put(place, { kind: 'link', target, mode: 0o777, uid: spec.uid, modifiedAt: spec.at() });
    },
    chmod(path, mode) {
      const place = locate(path, true);
      if (failed(place)) return place;
      if (!place.node) return { error: 'ENOENT' };
      if (place.mount.readOnly) return { error: 'EROFS' };
      if (spec.uid !== 0 && place.node.uid !== spec.uid) return { error: 'EPERM' };
      place.node.mode = mode & 0o7777;
      return {};
    },
    touch(path, at = spec.at()) {
      const target = writable(path);
      if ('error' in target) {
        const place = locate(path, true);
        if (target.error !== 'EISDIR' || failed(place) || !place.node) return target;
        place.node.modifiedAt = at;
        return {};
      }
      target.node.modifiedAt = at;
      return {};
    },
    mounts: () =>
      [...mounts.values()].map(({ path, tree, readOnly }) => ({ path, readOnly, limitBytes: tree.limitBytes, usedBytes: tree.usedBytes })),
    realPath(path) {
      const place = locate(path, true);
      return failed(place) || !place.node ? undefined : place.path;
    },
  };
  for (const mount of byLength) {
    makeMountPoint(locate, mount, spec.at());
    mounts.set(mount.path, mount);
  }
  return files;
}

function statOf(node: TreeNode): FileStat {
  const { kind, mode, modifiedAt } = node;
  if (node.kind === 'link') return { kind, mode, modifiedAt, size: utf8Length(node.target), target: node.target, uid: node.uid };
  return { kind, mode, modifiedAt, size: node.kind === 'file' ? node.size : node.kind === 'directory' ? 4096 : 0, uid: node.uid };
}

/** Makes the directories down to a mount point, and the point itself, whoever owns them. */
function makeMountPoint(locate: (path: string, follow: boolean) => Place | Failure, mount: TreeMount, at: Instant): void {
  if (mount.path === '/') return;
  const above = parentPath(mount.path);
  if (above !== '/') makeDirectories(locate, above, at);
  const place = locate(mount.path, true);
  if (failed(place) || place.node || !place.parent) return;
  const point = mount.tree.root.kind === 'directory' ? directoryNode(at) : fileNode(at, '');
  place.parent.entries.set(lastName(mount.path), point);
}

function makeDirectories(locate: (path: string, follow: boolean) => Place | Failure, path: string, at: Instant): void {
  const place = locate(path, true);
  if (failed(place)) makeDirectories(locate, parentPath(path), at);
  const again = locate(path, true);
  if (!failed(again) && !again.node && again.parent) again.parent.entries.set(again.name, directoryNode(at));
}
