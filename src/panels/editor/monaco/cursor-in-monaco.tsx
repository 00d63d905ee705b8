// The cursor in Monaco: decorations for the selected lines, icons in the glyph margin, and the caret as a person moves it. Nothing here
// runs unless the selection, the text or a container's state has changed.
import type { editor as MonacoNamespace } from 'monaco-editor/editor';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { createPortal } from 'react-dom';
import { selectFrom } from '../../../session/selecting.ts';
import { useSession } from '../../../session/use-session.ts';
import type { EditorCursor, LineMark } from '../editor-cursor.ts';
import { StateGlyph } from '../state-glyph.tsx';
import css from './monaco-editor.module.css';
import { monaco } from './set-up.ts';

type Editor = MonacoNamespace.IStandaloneCodeEditor;

interface CursorProps {
  readonly editor: Editor;
  readonly cursor: EditorCursor;
}

export function CursorInMonaco({ editor, cursor: { marks, lines, onCaret } }: CursorProps): ReactNode {
  useSelectedLines(editor, lines);
  const caret = useRef(onCaret);
  caret.current = onCaret;
  useEffect(() => {
    const listening = editor.onDidChangeCursorPosition(({ source, reason, position }) => {
      // Not what a program or the typing itself does to the caret.
      const isOwn = source === 'mouse' || source === 'keyboard';
      if (isOwn && reason === monaco.editor.CursorChangeReason.Explicit) caret.current(position.lineNumber);
    });
    return () => listening.dispose();
  }, [editor]);
  return marks.map((mark) => <Glyph key={`${mark.selection} ${mark.line}`} editor={editor} mark={mark} />);
}

function useSelectedLines(editor: Editor, lines: EditorCursor['lines']): void {
  const { first, last } = lines ?? {};
  useEffect(() => {
    if (first === undefined || last === undefined) return;
    const decorations = editor.createDecorationsCollection([
      {
        range: new monaco.Range(first, 1, last, 1),
        options: {
          isWholeLine: true,
          className: css.selected ?? null,
          marginClassName: css.selectedMargin ?? null,
        },
      },
    ]);
    // Who selects elsewhere wants to see the lines; who is in the text is there already.
    if (!editor.hasTextFocus()) editor.revealLineInCenterIfOutsideViewport(first);
    return () => decorations.clear();
  }, [editor, first, last]);
}

/** A container's icon in the margin. */
function Glyph({ editor, mark }: { readonly editor: Editor; readonly mark: LineMark }): ReactNode {
  const session = useSession();
  const node = useMemo(() => document.createElement('div'), []);
  const { line, selection } = mark;
  useLayoutEffect(() => {
    const widget: MonacoNamespace.IGlyphMarginWidget = {
      getId: () => `state of ${selection}`,
      getDomNode: () => node,
      getPosition: () => ({ lane: monaco.editor.GlyphMarginLane.Center, zIndex: 1, range: new monaco.Range(line, 1, line, 1) }),
    };
    editor.addGlyphMarginWidget(widget);
    const onClick = ({ target }: MouseEvent): void => {
      if (target) selectFrom(session, target);
    };
    node.addEventListener('click', onClick);
    return () => {
      node.removeEventListener('click', onClick);
      editor.removeGlyphMarginWidget(widget);
    };
  }, [editor, node, line, selection, session]);
  return createPortal(<StateGlyph mark={mark} />, node);
}
