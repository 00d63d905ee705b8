import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  { inspector: 'Inspector', open: 'Open the inspector: what is selected, and why' },
  { inspector: '살펴보기', open: '살펴보기 열기: 고른 것과 그 까닭' },
);
