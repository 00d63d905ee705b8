// The root file system of a container: what its base brings, what its image adds, and what the runtime mounts over it.
import type { Instant } from '../../engine/records.ts';
import type { Container, RuntimeNode, Sandbox } from './node.ts';
import type { Mount } from './cri.ts';
import { installedIn, quietProgram } from './images/bases.ts';
import type { ImageBehaviour } from './images/image.ts';
import { createFiles, type TreeMount } from './process/files.ts';
import { programFile } from './process/program-search.ts';
import type { Files } from './process/program.ts';
import { rootTreeOf } from './shell/bases.ts';
import {
  createFileTree,
  createTree,
  directoryNode,
  fileNode,
  utf8Length,
  type DirectoryNode,
  type Tree,
  type TreeNode,
} from './process/tree.ts';

const namesIn = (path: string): string[] => path.split('/').filter((name) => name !== '' && name !== '.');

/** Puts a file into a tree, with the directories above it; what stood there is replaced. */
export function put(tree: Tree, path: string, text: string, mode: number, at: Instant): void {
  const names = namesIn(path);
  const last = names.pop();
  if (last === undefined) return;
  const parent = directoryAt(tree, names, at);
  const file = fileNode(at, text, mode);
  const before = parent.entries.get(last);
  tree.usedBytes += file.size - (before?.kind === 'file' ? before.size : 0);
  parent.entries.set(last, file);
}

/** The directory at a path, made where it is missing. */
export function directoryAt(tree: Tree, names: readonly string[], at: Instant): DirectoryNode {
  if (tree.root.kind !== 'directory') return directoryNode(at);
  let here: DirectoryNode = tree.root;
  for (const name of names) {
    const found: TreeNode | undefined = here.entries.get(name);
    const next = found?.kind === 'directory' ? found : directoryNode(at);
    here.entries.set(name, next);
    here = next;
  }
  return here;
}

/** A directory of programs: what stands in it besides is put there as everywhere. */
interface ProgramDirectory {
  readonly names: readonly string[];
  readonly programs: readonly { readonly name: string; readonly text: string; readonly size: number }[];
}

const directoriesOfPrograms = new WeakMap<ImageBehaviour, readonly ProgramDirectory[]>();

/** The directories of programs of an image. */
export function programDirectoriesOf(behaviour: ImageBehaviour): readonly ProgramDirectory[] {
  const known = directoriesOfPrograms.get(behaviour);
  if (known) return known;
  const byDirectory = new Map<string, ProgramDirectory & { readonly programs: { name: string; text: string; size: number }[] }>();
  for (const path of Object.keys(installedIn(behaviour))) {
    const names = namesIn(path);
    const name = names.pop() ?? '';
    const key = names.join('/');
    const directory = byDirectory.get(key) ?? { names, programs: [] };
    byDirectory.set(key, directory);
    const text = programFile(path);
    directory.programs.push({ name, text, size: utf8Length(text) });
  }
  const made = [...byDirectory.values()];
  directoriesOfPrograms.set(behaviour, made);
  return made;
}

/**
 * Puts a directory's programs into a tree. An image has a hundred and more, of which a container runs one or two, and there is a tree for
 * each start of a container: so their files are made when somebody first looks into the directory.
 */
export function putPrograms(tree: Tree, { names, programs }: ProgramDirectory, at: Instant): void {
  const here = directoryAt(tree, names, at);
  const fill = (entries: Map<string, TreeNode>): void => {
    for (const { name, text, size } of programs) {
      if (!entries.has(name)) entries.set(name, { kind: 'file', text, size, mode: 0o755, uid: 0, modifiedAt: at });
    }
  };
  const last = names.at(-1);
  if (last === undefined) fill(here.entries);
  else directoryAt(tree, names.slice(0, -1), at).entries.set(last, filledLater(here, fill));
}

function filledLater({ entries, ...directory }: DirectoryNode, fill: (entries: Map<string, TreeNode>) => void): DirectoryNode {
  let isFilled = false;
  return {
    ...directory,
    get entries() {
      if (!isFilled) fill(entries);
      isFilled = true;
      return entries;
    },
  };
}

/** A fresh root: each start of a container begins with one. */
function createRoot(node: RuntimeNode, container: Container, cwd: string): Tree {
  const { at } = node.context();
  const { behaviour } = container.image;
  const tree = rootTreeOf(behaviour.base ?? 'busybox', at, [], behaviour.files);
  for (const directory of programDirectoriesOf(behaviour)) putPrograms(tree, directory, at);
  if (container.image.isUnknown) put(tree, quietProgram, programFile(quietProgram), 0o755, at);
  put(tree, '/etc/hostname', `${container.sandbox.hostname}\n`, 0o644, at);
  for (const path of ['/var/run', '/var/log', cwd]) directoryAt(tree, namesIn(path), at);
  return tree;
}

/** The tree behind a mount: a place on the node's disk, the same for every container that names the same source (or one below it). */
export function volumeOf(node: RuntimeNode, mount: Mount): Tree {
  const { at } = node.context();
  const names = namesIn(mount.source);
  const whole = mount.files?.[''];
  if (whole) return createFileTree(at, whole.text, whole.mode);
  const known = node.volumes.get(mount.source);
  const tree = known ?? { ...createTree(at, mount.sizeBytes), root: directoryAt(node.disk, names, at) };
  if (!known) {
    // An emptyDir is everybody's to write.
    if (!mount.files && mount.source.includes('kubernetes.io~empty-dir') && tree.root.kind === 'directory') tree.root.mode = 0o777;
    node.volumes.set(mount.source, tree);
  }
  for (const [path, { text, mode }] of Object.entries(mount.files ?? {})) put(tree, path, text, mode, at);
  return tree;
}

const PODS = '/var/lib/kubelet/pods';

/** A Pod has gone: what its volumes held on the node's disk goes, but for hostPath. */
export function removeVolumes(node: RuntimeNode, podUid: string): void {
  directoryAt(node.disk, namesIn(PODS), node.context().at).entries.delete(podUid);
  for (const source of node.volumes.keys()) if (source.startsWith(`${PODS}/${podUid}/`)) node.volumes.delete(source);
}

/** The file system of a container that is about to start, and the tree of its termination message. */
export function createRootFiles(node: RuntimeNode, container: Container, cwd: string, uid: number): { files: Files; termination: Tree } {
  const { config, sandbox } = container;
  const at = node.context().at;
  const termination = createFileTree(at, '', 0o666);
  const mounts: TreeMount[] = [
    { path: '/etc/hosts', tree: createFileTree(at, sandbox.hosts), readOnly: false },
    { path: '/etc/resolv.conf', tree: createFileTree(at, sandbox.resolvConf), readOnly: false },
    ...(config.terminationMessagePath === '' ? [] : [{ path: config.terminationMessagePath, tree: termination, readOnly: false }]),
    ...config.mounts.map((mount) => ({ path: mount.path, tree: volumeOf(node, mount), readOnly: mount.readOnly })),
  ];
  const files = createFiles({
    at: () => node.context().at,
    uid,
    root: createRoot(node, container, cwd),
    rootReadOnly: config.readOnlyRootFilesystem ?? false,
    mounts,
  });
  return { files, termination };
}

/** /etc/hosts as the kubelet writes it for a Pod. Models pkg/kubelet managedHostsFileContent. */
export function hostsFile(
  sandbox: Pick<Sandbox, 'ip' | 'hostname' | 'hostNetwork'>,
  aliases: readonly { readonly ip: string; readonly hostnames: readonly string[] }[],
): string {
  const lines = [
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix',
    'fe00::1\tip6-allnodes',
    'fe00::2\tip6-allrouters',
  ];
  const title = sandbox.hostNetwork ? '# Kubernetes-managed hosts file (host network).' : '# Kubernetes-managed hosts file.';
  const own = `${sandbox.ip}\t${sandbox.hostname}`;
  const added =
    aliases.length === 0
      ? ''
      : `\n# Entries added by HostAliases.\n${aliases.map((alias) => `${[alias.ip, ...alias.hostnames].join('\t')}\n`).join('')}`;
  return `${[title, ...lines, own].join('\n')}\n${added}`;
}
