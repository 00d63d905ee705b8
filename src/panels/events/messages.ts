import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    title: 'Events',
    close: 'Close',
    about: (count: number) => `${count} events, oldest first. Enter goes to the moment of one.`,
    empty: 'Nothing has happened yet.',
    detail: 'Level of detail',
    story: 'story',
    api: 'API',
    all: 'all',
    earlier: (count: number) => `${count} earlier`,
    later: (count: number) => `${count} later`,
    now: 'the playhead is here',
  },
  {
    title: '사건 목록',
    close: '닫기',
    about: (count) => `사건 ${count}개, 오래된 것부터. Enter를 누르면 그 순간으로 간다.`,
    empty: '아직 아무 일도 일어나지 않았다.',
    detail: '얼마나 자세히',
    story: '이야기',
    api: 'API',
    all: '전부',
    earlier: (count) => `이전 사건 ${count}개`,
    later: (count) => `이후 사건 ${count}개`,
    now: '지금 여기',
  },
);
