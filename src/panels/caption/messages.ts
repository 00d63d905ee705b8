import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    caption: 'What happens now',
    why: 'Why?',
    invite:
      'No Pod yet. Press the button and one request goes to the **API server**. On which node will the Pod appear, **node1** or **node2**?',
    standing: 'The cluster stands: two nodes are ready, and nobody has asked for anything yet.',
    spoken: (time: string, sentence: string) => `t ${time}. ${sentence}`,
    eventOf: (n: number, of: number) => `event ${n} of ${of}`,
    later: (length: string) => `${length} go by`,
    over: (length: string) => `Nothing more happens up to ${length}.`,
  },
  {
    caption: '지금 일어나는 일',
    why: '왜?',
    invite:
      '아직 파드가 없다. 단추를 누르면 요청 하나가 **API 서버**로 들어간다. 파드는 **node1** 노드와 **node2** 노드 가운데 어디에 생길까?',
    standing: '클러스터가 준비되었다. 두 노드가 Ready 상태이고, 아직 아무도 파드를 부탁하지 않았다.',
    spoken: (time: string, sentence: string) => `t ${time}. ${sentence}`,
    eventOf: (n: number, of: number) => `사건 ${n} / ${of}`,
    later: (length: string) => `${length} 건너뜀`,
    over: (length: string) => `${length}까지 더 일어나는 일이 없다.`,
  },
);
