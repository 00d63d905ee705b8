import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  { tabs: 'Answer and terminals', answer: 'kubectl says', terminal: (name: string) => `Terminal ${name}`, more: 'Another terminal' },
  { tabs: '대답과 터미널', answer: 'kubectl의 대답', terminal: (name: string) => `터미널 ${name}`, more: '터미널 하나 더' },
);
