// An in-memory file tree: what a volume or a container's root is made of. Two machines that mount the same tree see the same files.
import type { Instant } from '../../../engine/records.ts';

/** A regular file. `size` is in bytes of UTF-8. */
export interface FileNode {
  readonly kind: 'file';
  text: string;
  size: number;
  mode: number;
  uid: number;
  modifiedAt: Instant;
}

/** A directory; its entries stand in the order of their making and are sorted when listed. */
export interface DirectoryNode {
  readonly kind: 'directory';
  readonly entries: Map<string, TreeNode>;
  mode: number;
  uid: number;
  modifiedAt: Instant;
}

/** A symbolic link. */
export interface LinkNode {
  readonly kind: 'link';
  readonly target: string;
  mode: number;
  uid: number;
  modifiedAt: Instant;
}

/** A device or a named pipe: nothing is stored in it. */
export interface DeviceNode {
  readonly kind: 'device' | 'pipe';
  mode: number;
  uid: number;
  modifiedAt: Instant;
}

/** What stands in a tree. */
export type TreeNode = FileNode | DirectoryNode | LinkNode | DeviceNode;

/** A tree with its budget. */
export interface Tree {
  /** A directory, or a single file that is mounted by itself. */
  readonly root: TreeNode;
  /** Bytes that fit. */
  readonly limitBytes: number;
  usedBytes: number;
}

const defaultLimit = 64 * 1024 * 1024;

/** An empty tree. `limitBytes`: what fits before ENOSPC (64 MiB where nothing is said: the page must live with it). */
export function createTree(at: Instant, limitBytes = defaultLimit): Tree {
  return { root: directoryNode(at), limitBytes, usedBytes: 0 };
}

/** A tree that is one file, to be mounted over a path (`/etc/hosts`, a subPath). */
export function createFileTree(at: Instant, text: string, mode = 0o644, limitBytes = defaultLimit): Tree {
  const root = fileNode(at, text, mode);
  return { root, limitBytes, usedBytes: root.size };
}

/** An empty directory node. */
export function directoryNode(at: Instant, mode = 0o755, uid = 0): DirectoryNode {
  return { kind: 'directory', entries: new Map(), mode, uid, modifiedAt: at };
}

/** A file node with its text. */
export function fileNode(at: Instant, text: string, mode = 0o644, uid = 0): FileNode {
  return { kind: 'file', text, size: utf8Length(text), mode, uid, modifiedAt: at };
}

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
      bytes += 2;
      i += 1;
    } else bytes += unit < 0x800 ? 1 : 2;
  }
  return bytes;
}
