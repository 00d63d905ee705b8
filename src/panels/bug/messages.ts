import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    title: 'This is our bug',
    explain: 'Podscope itself went wrong, not your manifest. This link replays it:',
    replay: 'Link that replays the bug',
    again: 'Start over',
    details: 'Details',
  },
  {
    title: '우리 쪽 버그입니다',
    explain: '매니페스트 잘못이 아니라 Podscope가 잘못했습니다. 아래 링크를 열면 그대로 다시 일어납니다.',
    replay: '버그를 다시 일으키는 링크',
    again: '처음부터 다시',
    details: '자세히',
  },
);
