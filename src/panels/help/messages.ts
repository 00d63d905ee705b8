import { defineMessages } from '../../i18n/messages.ts';

export const messages = defineMessages(
  {
    title: 'Keys',
    close: 'Close',
    where: 'They rest while you type in the editor or compose a syllable.',
    letters: 'Use the keys of a single character',
    play: 'play, pause',
    events: 'next, previous event',
    beats: 'next, previous event of the story',
    ends: 'to the start, to now',
    jump: '10 s forward, back',
    speed: 'slower, faster',
    tabs: 'choose a figure',
    focus: 'to the YAML',
    apply: 'apply the YAML',
    share: 'share',
    help: 'these keys',
    simulated: 'What is simulated',
    simulation:
      'Podscope is a simulation: no container runs. Its cluster follows the rules of Kubernetes v1.36 and was compared with recordings of a real one. What it does not act on is stored and marked “valid, not simulated”.',
  },
  {
    title: '단축키',
    close: '닫기',
    where: '편집기에 입력하거나 글자를 조합하는 동안에는 쉰다.',
    letters: '글자 하나짜리 단축키 쓰기',
    play: '재생, 멈춤',
    events: '다음, 이전 사건',
    beats: '다음, 이전 이야기 사건',
    ends: '처음으로, 지금으로',
    jump: '10초 앞으로, 뒤로',
    speed: '느리게, 빠르게',
    tabs: '그림 고르기',
    focus: 'YAML로 가기',
    apply: 'YAML 적용',
    share: '공유',
    help: '이 도움말',
    simulated: '무엇이 시뮬레이션인가',
    simulation:
      'Podscope는 시뮬레이션이다. 실제로 도는 컨테이너는 없다. 클러스터는 Kubernetes v1.36의 규칙을 따르고, 진짜 클러스터의 기록과 견주어 보았다. 다루지 않는 필드는 저장하고 “유효하지만 시뮬레이션하지 않음”이라고 표시한다.',
  },
);
