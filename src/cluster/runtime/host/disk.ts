// A node's own disk: the tools of its operating system, and what kubeadm has put there. Volumes and host paths stand on it too.
import type { ImageBehaviour } from '../images/image.ts';
import { programFile } from '../process/program-search.ts';
import type { Tree } from '../process/tree.ts';
import { directoryAt, programDirectoriesOf, put, putPrograms } from '../root-files.ts';
import { rootTreeOf } from '../shell/bases.ts';

/** The operating system of a node, as an image is described: its programs come from here. */
export const OPERATING_SYSTEM: ImageBehaviour = {
  repositories: [],
  sizeBytes: 0,
  pullMs: 0,
  base: 'debian',
  with: [
    'curl',
    'wget',
    'ps',
    'top',
    'free',
    'ping',
    'nslookup',
    'ip',
    'vi',
    'vim',
    'less',
    'uptime',
    'killall',
    'pidof',
    'pgrep',
    'pkill',
  ],
};

/** staticPodPath of the kubelet's configuration: every node has the folder, with or without manifests in it. */
export const MANIFESTS = '/etc/kubernetes/manifests';
/** Where the runtime's own tool stands. */
export const CRICTL = '/usr/local/bin/crictl';
/** Where systemd's own tool stands. */
export const SYSTEMCTL = '/usr/bin/systemctl';

/** A disk that is filled when somebody first looks at it. */
export interface Disk extends Tree {
  readonly isFilled: boolean;
}

/** A disk that nobody has looked at. `files`: what stands there besides the operating system, by path. */
export function createDisk(files: () => Readonly<Record<string, string>>): Disk {
  let filled: Tree | undefined;
  const tree = (): Tree => {
    filled ??= fill(files());
    return filled;
  };
  return {
    get isFilled() {
      return filled !== undefined;
    },
    get root() {
      return tree().root;
    },
    get limitBytes() {
      return tree().limitBytes;
    },
    get usedBytes() {
      return tree().usedBytes;
    },
    set usedBytes(bytes) {
      tree().usedBytes = bytes;
    },
  };
}

function fill(files: Readonly<Record<string, string>>): Tree {
  const tree = rootTreeOf('debian', 0, [], { '/root/.profile': '', ...files });
  for (const directory of programDirectoriesOf(OPERATING_SYSTEM)) putPrograms(tree, directory, 0);
  for (const path of [CRICTL, SYSTEMCTL]) put(tree, path, programFile(path), 0o755, 0);
  directoryAt(tree, MANIFESTS.slice(1).split('/'), 0);
  return tree;
}
