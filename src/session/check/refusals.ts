// What kubectl printed, set on the places of the manifest that it speaks of. The words stay as they are.
import { isObject } from '../../base/json.ts';
import type { Manifest, ManifestDocument } from '../../manifest/manifest.ts';
import type { Problem, TextRange } from '../protocol.ts';
import { follow, lineMark, toMark, visitScalars } from './locate.ts';

/** A complaint, and the path of the field that it names; `on` says whether the key or the value is wrong. */
interface Complaint {
  readonly message: string;
  readonly path?: string;
  readonly on?: 'key' | 'value';
  /** The text could not be read: the reader knows where. */
  readonly isYaml?: boolean;
  /** The name of the object that it is about. */
  readonly name?: string;
}

/** A complaint, refusing or warning. */
type Stated = Complaint & { readonly severity: 'error' | 'warning' };

const WRONG_VALUE = /^(Invalid value|Unsupported value|Duplicate value|Not found|Too long|Too many)/;
const QUANTITY = /^([+-]?[0-9.]+)([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$/;

/** The problems in what kubectl wrote to stderr. */
export function problemsOf(text: string, manifest: Manifest, stderr: string): readonly Problem[] {
  return complaintsIn(stderr).map(({ severity, ...complaint }) => ({
    ...place(text, manifest, complaint),
    severity,
    message: complaint.message,
  }));
}

/** A complaint is a line, with what is indented or listed below it. */
function complaintsIn(stderr: string): readonly Stated[] {
  const blocks: string[] = [];
  for (const line of stderr.split('\n')) {
    if (/^(error|Error|Warning|The )/.test(line) || blocks.length === 0) blocks.push(line);
    else blocks[blocks.length - 1] += `\n${line}`;
  }
  return blocks
    .filter((block) => block.trim() !== '')
    .flatMap((block): readonly Stated[] => {
      const warning = /^Warning: (?:(\S+?): )?([\s\S]*)$/.exec(block);
      if (!warning) return readError(block.trimEnd()).map((complaint) => ({ ...complaint, severity: 'error' as const }));
      const [, path, message = ''] = warning;
      return [
        {
          message: block.slice('Warning: '.length).trimEnd() || message,
          ...(path !== undefined && { path }),
          severity: 'warning' as const,
        },
      ];
    });
}

function readError(text: string): readonly Complaint[] {
  const invalid = /^The \S+ "([^"]*)" is invalid: ([\s\S]*)$/.exec(text);
  if (invalid) return readInvalid(invalid[1] ?? '', invalid[2] ?? '');
  const unknown = [...text.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)];
  if (unknown.length > 0) return unknown.map(([message, path = '']) => ({ message, path, on: 'key' }));
  const go = /Go struct field \w+\.([\w.]+) of type/.exec(text);
  if (go) return [{ message: after(text, 'json: '), path: go[1] ?? '', on: 'value' }];
  if (/^error: error parsing/.test(text)) return [{ message: text.replace(/^error: error parsing \S+: /, ''), isYaml: true }];
  if (/no matches for kind/.test(text))
    return [{ message: after(text, 'no matches for'), path: kindOrGroup(text), on: 'value', ...named(text) }];
  if (/apiVersion not set|kind not set|isn't string type/.test(text)) return [{ message: text }];
  if (/namespaces? "/.test(text)) return [{ message: text, path: 'metadata.namespace', on: 'value' }];
  const existing = /\w+ "([^"]+)" already exists/.exec(text);
  if (existing) return [{ message: text, path: 'metadata.name', on: 'value', name: existing[1] ?? '' }];
  return [{ message: text }];
}

/** `path: Kind of mistake: ...`, one or several with asterisks. */
function readInvalid(name: string, rest: string): readonly Complaint[] {
  const items = rest.startsWith('\n*') ? rest.split(/\n\* /).slice(1) : [rest];
  return items.map((item) => {
    const [, path = '', message = ''] = /^(\S+?): ([\s\S]*)$/.exec(item) ?? [];
    const [first = item] = item.split('\n');
    return { message: first, path, on: WRONG_VALUE.test(message) ? 'value' : 'key', name };
  });
}

const after = (text: string, mark: string): string => (text.includes(mark) ? text.slice(text.indexOf(mark)) : text);
const named = (text: string): { readonly name?: string } => {
  const name = /name: "([^"]+)"/.exec(text)?.[1];
  return name === undefined ? {} : { name };
};
const kindOrGroup = (text: string): string => (/in version "v1"/.test(text) ? 'kind' : 'apiVersion');

function place(text: string, { documents, error }: Manifest, complaint: Complaint): TextRange {
  if (complaint.isYaml && error) return lineMark(text, error.line);
  const named = documents.filter(({ value }) => complaint.name !== undefined && nameOf(value) === complaint.name);
  const candidates = named.length > 0 ? named : documents;
  if (complaint.path !== undefined) {
    const { path } = complaint;
    const found = candidates.map((document) => ({ document, ...follow(document, path) }));
    const best = found.find(({ isWhole }) => isWhole) ?? found.find((each) => each.path.length > 0);
    if (best)
      return toMark(complaint.on === 'value' && best.isWhole ? best.document.rangeOf(best.path) : best.document.keyRangeOf(best.path));
  }
  const quantity = /quantit/.test(complaint.message) ? candidates.flatMap(badQuantities)[0] : undefined;
  return quantity ?? lineMark(text, candidates[0]?.startLine ?? 1);
}

/** The name in an object's metadata. */
export function nameOf(value: unknown): string | undefined {
  const metadata = isObject(value) ? value.metadata : undefined;
  return isObject(metadata) && typeof metadata.name === 'string' ? metadata.name : undefined;
}

/** The decoder does not say which quantity it could not read. */
function badQuantities(document: ManifestDocument): readonly TextRange[] {
  const bad: TextRange[] = [];
  visitScalars(document.value, (value, path) => {
    const isQuantity = path.at(-2) === 'requests' || path.at(-2) === 'limits';
    if (isQuantity && !QUANTITY.test(String(value))) bad.push(toMark(document.rangeOf(path)));
  });
  return bad;
}
