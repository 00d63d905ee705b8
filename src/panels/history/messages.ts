import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    title: 'Earlier work',
    close: 'Close',
    explain: 'The last 30 states, kept in this browser only. Opening one first keeps what you have now.',
    none: 'Nothing yet. A state is kept whenever you apply something.',
    open: (name: string) => `Open ${name}`,
    deeds: (count: number) => (count === 1 ? '1 deed' : `${count} deeds`),
  },
  {
    title: '지난 작업',
    close: '닫기',
    explain: '마지막 30개를 이 브라우저에만 남겨 둔다. 하나를 열면 지금 하던 것을 먼저 남긴다.',
    none: '아직 없다. 무언가를 적용할 때마다 하나씩 남는다.',
    open: (name: string) => `${name} 열기`,
    deeds: (count: number) => `한 일 ${count}번`,
  },
);
