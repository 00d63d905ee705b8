import { defineMessages } from './i18n/messages.ts';

export const messages = defineMessages(
  {
    leftWidth: 'Width of the left column: drag, or ← →; Enter puts it back',
    terminalShare: 'Height of the terminal: drag, or ↑ ↓; Enter puts it back',
    sheets: 'Sheets',
    stage: 'Figure',
    yaml: 'YAML',
    kubectl: 'kubectl',
    inspector: 'Inspect',
  },
  {
    leftWidth: '왼쪽 칸의 너비: 끌거나 ← →, Enter는 처음대로',
    terminalShare: '터미널의 높이: 끌거나 ↑ ↓, Enter는 처음대로',
    sheets: '화면',
    stage: '그림',
    yaml: 'YAML',
    kubectl: 'kubectl',
    inspector: '설명',
  },
);
