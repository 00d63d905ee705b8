import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  { title: 'Easily mixed up', close: 'Close', find: 'Find a word', nothing: 'None of these words.' },
  { title: '헷갈리기 쉬운 말', close: '닫기', find: '낱말 찾기', nothing: '맞는 낱말이 없다.' },
);
