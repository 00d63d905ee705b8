// Monaco around the session's draft: takes over where the text area was left, shows the API server's refusals on their lines.
import type { editor as MonacoNamespace } from 'monaco-editor/editor';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useText } from '../../../i18n/language.ts';
import type { Problem } from '../../../session/protocol.ts';
import { useSession, useSessionState } from '../../../session/use-session.ts';
import type { EditorCursor } from '../editor-cursor.ts';
import type { Reveal } from '../editor.tsx';
import { messages } from '../messages.ts';
import type { Left } from '../plain-editor.tsx';
import { CursorInMonaco } from './cursor-in-monaco.tsx';
import css from './monaco-editor.module.css';
import { monaco, paintMonaco } from './set-up.ts';

interface MonacoProps {
  readonly text: string;
  readonly label: string;
  readonly problems: readonly Problem[];
  readonly cursor: EditorCursor;
  /** Where the text area was left. */
  readonly place: RefObject<Left | undefined>;
  readonly reveal: RefObject<Reveal | undefined>;
}

type Editor = MonacoNamespace.IStandaloneCodeEditor;

const SEVERITY = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const;

const OPTIONS: MonacoNamespace.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontSize: 13,
  lineHeight: 20,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 8,
  glyphMargin: true,
  folding: true,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  scrollBeyondLastLine: false,
  padding: { top: 8, bottom: 8 },
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  renderWhitespace: 'none',
  fixedOverflowWidgets: true,
  acceptSuggestionOnEnter: 'smart',
  quickSuggestions: { other: true, comments: false, strings: true },
  unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false },
  wordBasedSuggestions: 'off',
  links: false,
};

export default function MonacoEditor({ text, label, problems, cursor, place, reveal }: MonacoProps) {
  const t = useText(messages);
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const theme = useSessionState((state) => state.theme);
  const first = useRef({ text, label });

  useEffect(() => {
    if (!box.current) return;
    const created = createEditor(box.current, first.current.text, first.current.label);
    const listening = created.onDidChangeModelContent(() => session.setDraft(created.getValue()));
    created.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => session.apply('apply'));
    takeOver(created, place.current);
    reveal.current = (line, column) => {
      created.setPosition({ lineNumber: line, column });
      created.revealLineInCenterIfOutsideViewport(line);
      created.focus();
    };
    setEditor(created);
    return () => {
      reveal.current = undefined;
      listening.dispose();
      created.getModel()?.dispose();
      created.dispose();
    };
  }, [session, place, reveal]);

  useEffect(() => {
    if (editor && editor.getValue() !== text) editor.setValue(text);
  }, [editor, text]);

  useEffect(() => {
    editor?.updateOptions({ ariaLabel: label });
  }, [editor, label]);

  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const paint = (): void => paintMonaco(theme === 'dark' || (theme === 'auto' && system.matches));
    // The page's own colours change in the same frame; read them after it.
    const frame = requestAnimationFrame(paint);
    system.addEventListener('change', paint);
    return () => {
      cancelAnimationFrame(frame);
      system.removeEventListener('change', paint);
    };
  }, [theme]);

  useEffect(() => {
    const model = editor?.getModel();
    if (!model) return;
    const markers = problems.map(({ line, column, endLine, endColumn, severity, message, own }) => ({
      startLineNumber: line,
      startColumn: column,
      endLineNumber: endLine,
      endColumn,
      severity: SEVERITY[severity],
      message: own === 'not-simulated' ? t('notSimulated', message) : own === 'duplicate-key' ? t('duplicate', message) : message,
    }));
    monaco.editor.setModelMarkers(model, 'apiserver', markers);
  }, [editor, problems, t]);

  return (
    <>
      <div ref={box} className={css.monaco} data-testid="monaco" data-selected={cursor.selection} />
      {editor && <CursorInMonaco editor={editor} cursor={cursor} />}
    </>
  );
}

function createEditor(box: HTMLElement, text: string, label: string): Editor {
  const model = monaco.editor.createModel(text, 'yaml', monaco.Uri.parse('file:///manifest.yaml'));
  const fontFamily = getComputedStyle(document.documentElement).getPropertyValue('--mono').trim();
  return monaco.editor.create(box, { ...OPTIONS, model, ariaLabel: label, fontFamily, theme: 'podscope' });
}

/** Goes on where the text area was left, focus and place. */
function takeOver(editor: Editor, place: Left | undefined): void {
  const model = editor.getModel();
  if (!place || !model) return;
  editor.setSelection(monaco.Range.fromPositions(model.getPositionAt(place.start), model.getPositionAt(place.end)));
  if (place.hadFocus) editor.focus();
}
