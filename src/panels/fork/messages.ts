import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    title: 'Continue from here?',
    explain: (instant: string) =>
      `You are looking at ${instant}. If you act here, the run goes another way from now on. What happened before stays; the other branch is kept for comparison.`,
    goOn: 'Continue from here',
    stay: 'Keep looking',
    close: 'Close',
  },
  {
    title: '여기서부터 다시 갈까?',
    explain: (instant: string) =>
      `지금 보는 곳은 ${instant}이다. 여기서 무언가를 하면 이 뒤가 달라진다. 앞에서 일어난 일은 그대로이고, 원래 흐름은 비교해 볼 수 있게 남는다.`,
    goOn: '여기서부터 이어 가기',
    stay: '그냥 보기',
    close: '닫기',
  },
);
