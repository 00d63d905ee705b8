// Manifests to try: the tutorials' twelve, three of which a real API server refuses.
const FILES = import.meta.glob<string>('./samples/*.yaml', { query: '?raw', import: 'default' });

/** The samples that end well or badly by themselves, and those that are never accepted. */
export const SAMPLES = [
  's001_0.yaml',
  's001_1.yaml',
  's002_0.yaml',
  's002_1.yaml',
  's002_2.yaml',
  's002_5.yaml',
  's003_1.yaml',
  's004_0.yaml',
  's004_1.yaml',
] as const;
export const REFUSED_SAMPLES = ['s002_3.yaml', 's002_4.yaml', 's003_0.yaml'] as const;

/** The file of a sample. */
export type SampleName = (typeof SAMPLES)[number] | (typeof REFUSED_SAMPLES)[number];

/** Fetches a sample's text. */
export async function readSample(name: SampleName): Promise<string> {
  return (await FILES[`./samples/${name}`]?.()) ?? '';
}

/** The name that a manifest's file has: after its first object. */
export function fileNameFor(text: string): string {
  const name = /^ {2}name: *"?([a-z0-9.-]+)"?/m.exec(text)?.[1];
  return `${name ?? 'pod'}.yaml`;
}
