// What a person broke, or mended: one sentence for each fault of the scenario format, in both languages.
import type { Notes } from '../../cluster/notes.ts';
import type { FaultKind } from '../../scenario/recipe.ts';
import { name } from './sentence.ts';

type Told = Readonly<Record<FaultKind, (target: string, detail: string) => string>>;

const EN: Told = {
  'kill-container': (target, signal) => `You kill the process of container ${name(target)}${signal === '' ? '' : ` with ${signal}`}.`,
  'kill-sandbox': (target) => `You kill pause of Pod ${name(target)}: nobody holds its network any more.`,
  'node-down': (target) => `You take the power from node ${name(target)}.`,
  'node-up': (target) => `Node ${name(target)} has power again.`,
  'kubelet-down': (target) => `You stop the kubelet on ${name(target)}; what runs in containers there runs on.`,
  'kubelet-up': (target) => `You start the kubelet on ${name(target)} again.`,
  'scheduler-down': () => `You take the manifest of the ${name('scheduler')} away: its process ends.`,
  'scheduler-up': () => `You put the manifest of the ${name('scheduler')} back.`,
  'registry-down': () => `You cut the nodes off from the ${name('registry')}: images cannot be pulled.`,
  'registry-up': () => `The ${name('registry')} can be reached again.`,
  'app-hang': (target) => `You make the program of ${name(target)} hang: it takes connections and answers none.`,
  'app-fail': (target) => `You make the program of ${name(target)} fail: it answers every HTTP request with ${name(500)}.`,
  'app-heal': (target) => `The program of ${name(target)} is well again.`,
  memory: (target, to) => `You make the program of ${name(target)} hold ${name(to)} of memory.`,
  'static-add': (target) => `You put a manifest into the static Pod folder of ${name(target)}.`,
  'static-remove': (target) => `You take the manifest of static Pod ${name(target)} out of its node's folder.`,
  condition: (target, set) => `You set a condition of Pod ${name(target)} as a controller would: ${name(set)}.`,
};

const KO: Told = {
  'kill-container': (target, signal) => `${name(target)} 컨테이너의 프로세스를 ${signal === '' ? '' : `${signal} 신호로 `}죽였다.`,
  'kill-sandbox': (target) => `${name(target)} 파드의 pause를 죽였다. 이제 네트워크를 붙들고 있는 것이 없다.`,
  'node-down': (target) => `${name(target)} 노드의 전원을 껐다.`,
  'node-up': (target) => `${name(target)} 노드의 전원을 다시 켰다.`,
  'kubelet-down': (target) => `${name(target)} 노드의 kubelet을 멈췄다. 거기서 돌던 컨테이너는 그대로 돈다.`,
  'kubelet-up': (target) => `${name(target)} 노드의 kubelet을 다시 시작했다.`,
  'scheduler-down': () => `${name('scheduler')} 매니페스트를 치웠다. 그 프로세스가 끝난다.`,
  'scheduler-up': () => `${name('scheduler')} 매니페스트를 제자리에 돌려놓았다.`,
  'registry-down': () => `노드에서 이미지 저장소(${name('registry')})로 가는 길을 끊었다. 이미지를 받을 수 없다.`,
  'registry-up': () => `이미지 저장소(${name('registry')})로 가는 길을 다시 이었다.`,
  'app-hang': (target) => `${name(target)} 컨테이너의 프로그램을 멈춰 세웠다. 연결은 받지만 대답하지 않는다.`,
  'app-fail': (target) => `${name(target)} 컨테이너의 프로그램이 모든 HTTP 요청에 ${name(500)} 오류로 답하게 했다.`,
  'app-heal': (target) => `${name(target)} 컨테이너의 프로그램을 다시 멀쩡하게 했다.`,
  memory: (target, to) => `${name(target)} 컨테이너의 프로그램이 메모리를 ${name(to)} 크기만큼 쥐게 했다.`,
  'static-add': (target) => `${name(target)} 노드의 스태틱 파드 폴더에 매니페스트를 넣었다.`,
  'static-remove': (target) => `${name(target)} 스태틱 파드의 매니페스트를 노드의 폴더에서 뺐다.`,
  condition: (target, set) => `${name(target)} 파드의 컨디션을 컨트롤러처럼 바깥에서 ${name(set)} 값으로 적었다.`,
};

const tellerOf =
  (told: Told) =>
  ({ kind, target, detail = '' }: Notes['fault']): string =>
    // A fault's note has the kind of an input that was read.
    told[kind as FaultKind](target, detail);

export const faultInEnglish = tellerOf(EN);
export const faultInKorean = tellerOf(KO);
