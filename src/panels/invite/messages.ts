import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    question: 'Where do these 12 lines of YAML go before they are containers?',
    about: 'one Pod, one container',
    create: 'Create one Pod',
    orSpace: 'Space does it too',
    edit: 'Write my own YAML',
    stations: 'What lies ahead',
    way: 'The way of the Pod',
    anyMoment: 'You can stop at any moment, go back, and step from event to event.',
    apiserver: 'API server',
    scheduler: 'scheduler',
    zero: 'The time is still 0 s. You can stop at any moment, go back, and step from event to event.',
    reassurance: 'Nothing to install, no account: everything runs in this browser. Break things; you can always go back.',
  },
  {
    question: '이 YAML 12줄은 어디를 거쳐 컨테이너가 될까?',
    about: '파드 하나, 컨테이너 하나',
    create: '파드 하나 만들어 보기',
    orSpace: 'Space를 눌러도 된다',
    edit: 'YAML 직접 쓰기',
    stations: '앞으로 거칠 곳',
    way: '파드가 가는 길',
    anyMoment: '언제든 멈추고, 되감고, 사건마다 하나씩 넘겨 볼 수 있다.',
    apiserver: 'API 서버',
    scheduler: '스케줄러',
    zero: '시간은 아직 0초. 언제든 멈추고, 되감고, 사건마다 하나씩 넘겨 볼 수 있다.',
    reassurance: '설치도 계정도 필요 없다. 모두 이 브라우저 안에서 돈다. 고장 내도 괜찮다. 언제든 되감을 수 있다.',
  },
);
