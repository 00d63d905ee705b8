import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    stage: 'Stage',
    figures: 'Figures',
    detail: 'Level of detail',
    story: 'story',
    api: 'API',
    all: 'all',
    opening: 'Running the scenario up to this moment…',
  },
  {
    stage: '무대',
    figures: '그림',
    detail: '얼마나 자세히',
    story: '이야기',
    api: 'API',
    all: '전부',
    opening: '이 순간까지 시나리오를 돌리는 중…',
  },
);
