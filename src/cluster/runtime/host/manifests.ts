// The folder of manifests on a node's disk: what comes into it and goes is told to the kubelet. Models pkg/kubelet/config/file_linux.go.
import { kubeletOf } from '../../names.ts';
import { isObject } from '../../../base/json.ts';
import { parseManifest } from '../../../manifest/manifest.ts';
import type { FaultMessage } from '../../messages.ts';
import type { RuntimeNode } from '../node.ts';
import type { DirectoryNode, TreeNode } from '../process/tree.ts';
import { put } from '../root-files.ts';
import { MANIFESTS } from './disk.ts';

/** The folder of a node. */
export interface Manifests {
  /** Looks whether anything has changed, after something may have. */
  look(): void;
  /** A fault puts a file there, or takes it away; the kubelet is struck by it too. */
  strike(fault: FaultMessage): void;
}

/** The folder as it stands at the start. */
export function createManifests(node: RuntimeNode): Manifests {
  let seen: Map<string, string> | undefined;
  const known = (): Map<string, string> => {
    seen ??= new Map(
      Object.entries(node.options.files?.() ?? {}).flatMap(([path, text]) =>
        path.startsWith(`${MANIFESTS}/`) ? [[path.slice(MANIFESTS.length + 1), text]] : [],
      ),
    );
    return seen;
  };
  return {
    look() {
      if (!node.disk.isFilled) return;
      const before = known();
      const now = filesIn(folderOf(node.disk.root));
      const gone = [...before].filter(([name, text]) => now.get(name) !== text);
      const come = [...now].filter(([name, text]) => before.get(name) !== text);
      if (gone.length === 0 && come.length === 0) return;
      seen = now;
      const texts = (files: readonly (readonly [string, string])[]) => files.map(([, text]) => text);
      node.context().signal(kubeletOf(node.options.node), { type: 'manifests-changed', gone: texts(gone), come: texts(come) });
    },
    strike({ kind, manifest = '', pod = '' }) {
      if (kind === 'static-add') {
        const file = `${nameIn(manifest) || 'manifest'}.yaml`;
        put(node.disk, `${MANIFESTS}/${file}`, manifest, 0o600, node.context().at);
        known().set(file, manifest);
        return;
      }
      const bare = pod.split('/').at(-1) ?? pod;
      for (const [file, text] of known()) {
        const name = nameIn(text);
        if (name !== bare && `${name}-${node.options.node}` !== bare) continue;
        folderOf(node.disk.root)?.entries.delete(file);
        known().delete(file);
      }
    },
  };
}

function folderOf(root: TreeNode): DirectoryNode | undefined {
  let here: TreeNode | undefined = root;
  for (const name of MANIFESTS.slice(1).split('/')) here = here?.kind === 'directory' ? here.entries.get(name) : undefined;
  return here?.kind === 'directory' ? here : undefined;
}

/** Files by name; those that begin with a dot are passed over. */
function filesIn(folder: DirectoryNode | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, node] of folder?.entries ?? []) if (node.kind === 'file' && !name.startsWith('.')) found.set(name, node.text);
  return found;
}

/** The name that a manifest gives its Pod; empty where it cannot be read. */
export function nameIn(manifest: string): string {
  const value = parseManifest(manifest).documents[0]?.value;
  return isObject(value) && isObject(value.metadata) ? String(value.metadata.name ?? '') : '';
}
