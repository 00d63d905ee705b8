// `-o`: the forms in which objects are printed, other than tables. Models cli-runtime/pkg/genericclioptions print flags.
import type { ApiObject } from '../client.ts';
import { fail } from '../failure.ts';
import type { FlagSpec } from '../flags.ts';
import { writeJson, writeYaml } from '../../manifest/write.ts';
import { objectName, resourceOfKind } from '../resource-names.ts';
import { printCustomColumns } from './custom-columns.ts';
import { fillTemplate, findValues } from './jsonpath/evaluate.ts';
import { JsonPathError, parseTemplate } from './jsonpath/parse.ts';

const FORMATS =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml';

/** Forms that are simulated, as they are typed after `-o`. */
export const OUTPUT_NAMES: readonly string[] = ['wide', 'yaml', 'json', 'name', 'jsonpath=', 'jsonpath-as-json=', 'custom-columns='];

/** The flags of commands that print objects. */
export const OUTPUT_FLAGS: readonly FlagSpec[] = [
  { name: 'output', short: 'o', type: 'string' },
  { name: 'template', type: 'string' },
  { name: 'show-managed-fields', type: 'bool' },
  { name: 'allow-missing-template-keys', type: 'bool', default: 'true' },
];

/** How objects are to be printed. */
export interface OutputFormat {
  /** Empty: as people read it. */
  readonly name: '' | 'wide' | 'name' | 'json' | 'yaml' | 'jsonpath' | 'jsonpath-as-json' | 'custom-columns';
  /** A template or columns. */
  readonly detail: string;
}

/** Reads `-o`; a format that there is not is an error. `allowed`: those of commands that print no tables. */
export function outputFormat(text: string, allowed = FORMATS): OutputFormat {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const detail = at < 0 ? '' : text.slice(at + 1);
  switch (name) {
    case '':
    case 'wide':
    case 'name':
    case 'json':
    case 'yaml':
      return { name, detail };
    case 'jsonpath':
    case 'jsonpath-as-json':
      if (detail === '') throw fail('template format specified but no template given');
      return { name, detail };
    case 'custom-columns':
      return { name, detail };
    case 'go-template':
    case 'go-template-file':
    case 'template':
    case 'templatefile':
    case 'jsonpath-file':
    case 'custom-columns-file':
    case 'kyaml':
      throw fail(`Podscope does not simulate -o ${name}`);
    default:
      throw fail(`unable to match a printer suitable for the output format ${JSON.stringify(text)}, allowed formats are: ${allowed}`);
  }
}

/** The formats of commands that print what they did: no tables, no columns. */
export const PLAIN_FORMATS =
  'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';

/** Prints one object, or the objects of a list. */
export function printObjects(format: OutputFormat, objects: readonly ApiObject[], isSingle: boolean, noHeaders = false): string {
  if (format.name === 'name') return objects.map((object) => `${nameOf(object)}\n`).join('');
  if (format.name === 'custom-columns') return printCustomColumns(format.detail, objects, noHeaders);
  const shown = objects.map(withoutManagedFields);
  const value = isSingle ? shown[0] : { apiVersion: 'v1', items: shown, kind: 'List', metadata: { resourceVersion: '' } };
  if (format.name === 'json') return writeJson(value);
  if (format.name === 'yaml') return writeYaml(value);
  return printJsonPath(format, value);
}

function printJsonPath({ name, detail }: OutputFormat, value: unknown): string {
  try {
    const template = parseTemplate(detail);
    if (name === 'jsonpath-as-json') return writeJson(findValues(template, value, { allowMissing: true }));
    return fillTemplate(template, value, { allowMissing: true });
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw fail(`error executing jsonpath ${JSON.stringify(detail)}: Error executing template: ${error.message}`);
  }
}

function withoutManagedFields(object: ApiObject): ApiObject {
  const { managedFields: _dropped, ...metadata } = object.metadata as ApiObject['metadata'] & { readonly managedFields?: unknown };
  return { ...object, metadata };
}

/** `pod/web`. */
export function nameOf(object: ApiObject): string {
  const resource = resourceOfKind(object.apiVersion, object.kind);
  return resource ? objectName(resource, object.metadata.name) : `${object.kind.toLowerCase()}/${object.metadata.name}`;
}
