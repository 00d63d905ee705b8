// The words that tutorials mix up, each in one or two sentences.

/** A term: its name in Kubernetes' own words, a gloss, and what it is and is not. */
export interface Term {
  readonly name: string;
  readonly ko: readonly [gloss: string, text: string];
  readonly en: readonly [gloss: string, text: string];
}

/** From the whole to its parts, as one meets them. */
export const TERMS: readonly Term[] = [
  {
    name: 'Pod',
    ko: [
      '파드',
      'Kubernetes가 배치하는 가장 작은 단위. 컨테이너 하나 이상이 한 노드에서 네트워크와 볼륨을 나눠 쓴다. API에 Container라는 리소스는 없다.',
    ],
    en: [
      '',
      'The smallest thing that Kubernetes places: one or more containers on one node that share a network and volumes. The API has no resource called Container.',
    ],
  },
  {
    name: 'Linux namespace ≠ Namespace',
    ko: [
      '리눅스 네임스페이스와 네임스페이스',
      '리눅스 네임스페이스는 프로세스가 보는 네트워크, 호스트 이름, PID 등을 가르는 커널의 칸막이다. Kubernetes의 Namespace는 오브젝트의 이름을 나누는 폴더다. 파드의 컨테이너는 network, IPC, UTS 네임스페이스를 함께 쓰고, PID와 mount는 따로 갖는다(shareProcessNamespace가 아니라면).',
    ],
    en: [
      'two different things',
      'A Linux namespace is the kernel’s partition of what a process sees: network, host name, PIDs. A Kubernetes Namespace is a folder for the names of objects. The containers of a Pod share the network, IPC and UTS namespaces; PID and mount are their own, unless shareProcessNamespace is set.',
    ],
  },
  {
    name: 'pause',
    ko: [
      '샌드박스 컨테이너',
      '파드마다 하나씩 먼저 뜨는 컨테이너. 파드의 IP와 네임스페이스를 붙들고 있어서 앱 컨테이너가 다시 시작해도 IP가 그대로다. kubectl에는 보이지 않고 노드의 crictl pods에 보인다.',
    ],
    en: [
      'the sandbox',
      'Starts first in every Pod and holds its IP and namespaces, so that the IP stays when an app container restarts. kubectl does not show it; crictl pods on the node does.',
    ],
  },
  {
    name: 'API server, etcd',
    ko: [
      'API 서버와 저장소',
      'etcd와 이야기하는 것은 API 서버뿐이다. 스케줄러와 kubelet은 API 서버를 지켜보다가(watch) 할 일이 생기면 움직인다.',
    ],
    en: [
      '',
      'Only the API server talks to etcd. The scheduler and the kubelets watch the API server and act when there is something for them to do.',
    ],
  },
  {
    name: 'phase ≠ STATUS',
    ko: [
      '단계와 STATUS 열',
      'phase는 Pending, Running, Succeeded, Failed, Unknown뿐이다. kubectl의 STATUS 열은 컨테이너의 사정까지 모아 만든 말이다. ContainerCreating과 CrashLoopBackOff는 phase가 아니다. 배치된 뒤에도 컨테이너가 시작하기 전까지 phase는 Pending이다.',
    ],
    en: [
      '',
      'The phase is Pending, Running, Succeeded, Failed or Unknown. The STATUS column of kubectl is put together from the containers’ states too: ContainerCreating and CrashLoopBackOff are no phases. A Pod that has been placed is still Pending until its containers have been started.',
    ],
  },
  {
    name: 'metadata, spec, status',
    ko: ['오브젝트의 세 부분', 'metadata는 이름과 레이블, spec은 바라는 모습(사람이 쓴다), status는 지금의 모습(클러스터가 쓴다).'],
    en: [
      'the three parts of an object',
      'metadata: its name and labels. spec: what is wanted, written by people. status: what is, written by the cluster.',
    ],
  },
  {
    name: 'label, selector',
    ko: ['레이블과 셀렉터', '레이블은 오브젝트에 붙이는 키와 값이다. 파드를 담는 상위 집합이 아니다. 집합은 셀렉터로 고를 때 생긴다.'],
    en: [
      '',
      'A label is a key with a value that sticks to an object. It is no set that contains Pods: sets come about when a selector selects.',
    ],
  },
  {
    name: 'Pod IP ≠ ClusterIP',
    ko: ['파드의 IP와 서비스의 IP', '파드는 Pod IP를 갖는다. ClusterIP는 서비스의 주소다. 둘 다 클러스터의 노드와 파드에서만 통한다.'],
    en: ['', 'A Pod has a Pod IP. A ClusterIP is the address of a Service. Both lead somewhere only from nodes and Pods of the cluster.'],
  },
  {
    name: 'containerPort, hostPort',
    ko: [
      '포트를 적는 두 필드',
      'containerPort는 Dockerfile의 EXPOSE처럼 알려 주기만 한다. 지워도 통신은 그대로다. docker run -p에 가까운 것은 hostPort다.',
    ],
    en: [
      '',
      'containerPort only informs, like EXPOSE in a Dockerfile: without it everything works the same. What comes near docker run -p is hostPort.',
    ],
  },
  {
    name: 'liveness, readiness, startup',
    ko: [
      '활성, 준비성, 스타트업 프로브',
      'HTTP는 200~399면 성공이다. liveness는 failureThreshold번 잇달아 실패하면 컨테이너를 다시 시작하고(이미지를 다시 받지는 않는다), readiness는 서비스의 트래픽에서 빼며, startup은 끝날 때까지 다른 둘을 기다리게 한다.',
    ],
    en: [
      'the three probes',
      'HTTP 200 to 399 is a success. After failureThreshold failures in a row liveness restarts the container (the image is not pulled again), readiness takes it out of the traffic of Services, and startup lets the other two wait until it is done.',
    ],
  },
  {
    name: 'restart ≠ reschedule',
    ko: [
      '다시 시작과 다시 배치',
      '컨테이너가 죽으면 kubelet이 같은 노드, 같은 파드에서 다시 시작한다. OOMKilled도 그렇다. IP와 emptyDir은 남는다. 파드를 지우면 둘 다 사라지고, 새 파드는 새로 배치된다.',
    ],
    en: [
      '',
      'A container that dies, OOMKilled too, is started again by the kubelet in the same Pod on the same node: IP and emptyDir stay. When the Pod is deleted both go, and a new Pod is placed anew.',
    ],
  },
  {
    name: 'requests, limits',
    ko: [
      '요청과 한도',
      'requests는 스케줄러가 자리를 잡는 예약이고 limits는 천장이다. 메모리가 천장을 넘으면 OOMKilled, CPU는 느려질 뿐이다.',
    ],
    en: [
      '',
      'requests are what the scheduler reserves, limits a ceiling. Memory over the ceiling ends in OOMKilled; CPU only becomes slower.',
    ],
  },
  {
    name: 'init container, sidecar',
    ko: [
      '초기화 컨테이너와 사이드카',
      '초기화 컨테이너는 하나씩 차례로 끝까지 돌고, 그다음에 앱 컨테이너가 시작한다. restartPolicy: Always인 초기화 컨테이너는 사이드카로, 계속 함께 돈다.',
    ],
    en: [
      '',
      'Init containers run one after another to their end before the app containers start. One with restartPolicy: Always is a sidecar and runs on beside them.',
    ],
  },
  {
    name: 'static Pod, mirror Pod',
    ko: [
      '스태틱 파드와 미러 파드',
      'kubelet은 노드의 /etc/kubernetes/manifests에 놓인 파일을 API 없이 띄운다. 그 모습을 비추는 미러 파드는 API에 보이고, 지워도 다시 생긴다.',
    ],
    en: [
      '',
      'The kubelet runs the files in /etc/kubernetes/manifests of its node without the API. A mirror Pod shows each in the API, and comes back when it is deleted.',
    ],
  },
  {
    name: 'imagePullPolicy',
    ko: ['이미지를 언제 받는가', '태그가 없거나 :latest면 Always, 다른 태그면 IfNotPresent가 기본이다.'],
    en: ['', 'Always where there is no tag or :latest, IfNotPresent for every other tag, unless it is said.'],
  },
  {
    name: 'Docker, Swarm, Kubernetes',
    ko: [
      '다루는 단위',
      'Docker Engine은 컨테이너를, Swarm은 서비스를, Kubernetes는 파드를 다룬다. 노드에서는 docker가 아니라 containerd가 컨테이너를 실행한다.',
    ],
    en: [
      'what they deal in',
      'Docker Engine deals in containers, Swarm in services, Kubernetes in Pods. On the nodes containerd runs the containers, not docker.',
    ],
  },
];
