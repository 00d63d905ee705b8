import { defineMessages } from './i18n/messages.ts';

export const messages = defineMessages(
  { sheets: 'Sheets', stage: 'Figure', yaml: 'YAML', kubectl: 'kubectl' },
  { sheets: '화면', stage: '그림', yaml: 'YAML', kubectl: 'kubectl' },
);
