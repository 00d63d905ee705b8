// The same containers on the other side: a Pod's as lines of docker run, docker's as a Pod; and the two that everybody begins with.
import type { Container, Pod } from '../../cluster/api/types.ts';
import type { DockerRow } from '../../cluster/docker/row.ts';

/** A manifest and the file it stands in. */
export interface Manifest {
  readonly file: string;
  readonly text: string;
}

/** nginx beside an Ubuntu that does nothing. */
export const SEED_POD: Manifest = {
  file: 'nginx-pod-with-ubuntu.yml',
  text: `apiVersion: v1
kind: Pod
metadata:
  name: my-nginx-pod
spec:
  containers:
    - name: my-nginx-container
      image: nginx:latest
      ports:
        - containerPort: 80
          protocol: TCP

    - name: ubuntu-sidecar-container
      image: alicek106/rr-test:curl
      command: ["tail"]
      args: ["-f", "/dev/null"]
`,
};
export const SEED_RUNS: readonly string[] = [
  'docker run -d --name nginx nginx:latest',
  'docker run -d --name ubuntu alicek106/rr-test:curl tail -f /dev/null',
];

/** Lines that run a Pod's containers one by one. */
export const runsLike = (pod: Pod | undefined): readonly string[] =>
  pod?.spec.containers.map((container) => runLike(container, pod.metadata.name ?? '')) ?? SEED_RUNS;

function runLike({ name, image = '', command = [], args = [], env = [] }: Container, pod: string): string {
  const [entrypoint, ...rest] = command;
  const words = [
    // Docker wants at least two characters of a name.
    ...['docker', 'run', '-d', '--name', name.length > 1 ? name : `${pod}-${name}`],
    ...env.flatMap((variable) => (variable.value === undefined ? [] : ['-e', `${variable.name}=${variable.value}`])),
    ...(entrypoint === undefined ? [] : ['--entrypoint', entrypoint]),
    image,
    ...rest,
    ...args,
  ];
  return words.map(quoted).join(' ');
}

/** A word as a shell reads it. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** A Pod with what docker runs. */
export function podLike(rows: readonly DockerRow[]): Manifest {
  const containers = rows.map(({ name, image, command }) => {
    const own = name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/-+$/, '');
    return `    - name: ${own}\n      image: ${JSON.stringify(image)}\n      command: ${JSON.stringify(command)}\n`;
  });
  const text = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: together\nspec:\n  containers:\n${containers.join('')}`;
  return { file: 'together.yml', text };
}
