// An answer of the Docker Engine that says no. Models moby errdefs: the code, and the message that the client prints after
// "Error response from daemon: ".

/** Thrown while a request is handled. */
export class DockerRefusal extends Error {
  override readonly name = 'DockerRefusal';
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export const badRequest = (message: string): DockerRefusal => new DockerRefusal(400, message);
export const conflict = (message: string): DockerRefusal => new DockerRefusal(409, message);
export const noSuchContainer = (reference: string): DockerRefusal => new DockerRefusal(404, `No such container: ${reference}`);
export const noSuchImage = (name: string): DockerRefusal => new DockerRefusal(404, `No such image: ${name}`);
export const internal = (message: string): DockerRefusal => new DockerRefusal(500, message);
