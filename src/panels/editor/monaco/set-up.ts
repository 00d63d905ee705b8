// Monaco with only what a manifest needs, and the YAML language service beside it.
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
// The feature's own entry brings inline completions and leaves the list of suggestions out.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { configureMonacoYaml } from 'monaco-yaml';
import docs from '../../../cluster/api/schema/schema-docs.json';
import { kubernetesSchema } from './json-schema.ts';
import YamlWorker from './yaml.worker.ts?worker';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/** What monaco-worker-manager hands to `createWebWorker`, as Monaco had it before 0.53. */
interface OldWorkerOptions {
  readonly createData: unknown;
  readonly host?: Record<string, (...given: unknown[]) => unknown>;
  readonly keepIdleModels?: boolean;
}

/** Monaco since 0.53 takes a worker, where monaco-yaml's part still names a module. */
function createWebWorker({ createData, host, keepIdleModels }: OldWorkerOptions): unknown {
  const worker = new YamlWorker({ name: 'yaml' });
  // Two messages, in this order: the first only wakes the worker's own loader.
  worker.postMessage('ignore');
  worker.postMessage(createData);
  return monaco.editor.createWebWorker({ worker, ...(host && { host }), ...(keepIdleModels !== undefined && { keepIdleModels }) });
}

const bridged = { ...monaco, editor: { ...monaco.editor, createWebWorker } };

configureMonacoYaml(bridged as unknown as Parameters<typeof configureMonacoYaml>[0], {
  enableSchemaRequest: false,
  isKubernetes: true,
  // One validator: what the API server says.
  validate: false,
  yamlVersion: '1.1',
  schemas: [{ uri: 'https://podscope.invalid/kubernetes.json', fileMatch: ['**/*.yaml'], schema: kubernetesSchema(docs) }],
});

/** A colour token of the page, as Monaco wants it: six digits after a hash. */
const colour = (name: string): string => {
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const [red = 0, green = 0, blue = 0] = getComputedStyle(probe).color.match(/\d+/g)?.map(Number) ?? [];
  probe.remove();
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
};

/** Gives Monaco the colours that the page has now. */
export function paintMonaco(isDark: boolean): void {
  const rule = (token: string, name: string) => ({ token, foreground: colour(name).slice(1) });
  monaco.editor.defineTheme('podscope', {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    // The names with `.yaml` outdo Monaco's own rules for YAML.
    rules: [
      rule('', 'ink2'),
      ...['type', 'type.yaml'].map((token) => rule(token, 'ink')),
      ...['string', 'string.yaml', 'number', 'number.yaml', 'keyword', 'keyword.yaml'].map((token) => rule(token, 'ink2')),
      ...['comment', 'comment.yaml', 'operators', 'operators.yaml', 'delimiter', 'delimiter.yaml'].map((token) => rule(token, 'ink3')),
    ],
    colors: {
      'editor.background': colour('panel'),
      'editor.foreground': colour('ink2'),
      'editorLineNumber.foreground': colour('ink3'),
      'editorLineNumber.dimmedForeground': colour('ink3'),
      'editorLineNumber.activeForeground': colour('ink'),
      'editorCursor.foreground': colour('ink'),
      'editor.lineHighlightBackground': colour('well'),
      'editor.lineHighlightBorder': colour('well'),
      'editorError.foreground': colour('failed'),
      'editorWarning.foreground': colour('waiting'),
      'editorInfo.foreground': colour('ink3'),
      'editorWidget.background': colour('raise'),
      'editorWidget.foreground': colour('ink'),
      'editorWidget.border': colour('frame'),
      'editorSuggestWidget.foreground': colour('ink'),
      'editorSuggestWidget.selectedBackground': colour('beam'),
      'editorSuggestWidget.selectedForeground': colour('ink'),
      'editorSuggestWidget.highlightForeground': colour('working-text'),
      'editorSuggestWidget.focusHighlightForeground': colour('working-text'),
      focusBorder: colour('ink'),
    },
  });
  monaco.editor.setTheme('podscope');
}

export { monaco };
