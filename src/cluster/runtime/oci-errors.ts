// What the OCI runtime says of a process that it cannot start. Models runc's libcontainer and Go's os/exec LookPath.

/** The reason in runc's words: `exec: "foo": executable file not found in $PATH`. */
function reasonOf(command: string, error: string): string {
  if (error === 'EACCES') return `exec: "${command}": permission denied`;
  if (error === 'EISDIR') return `exec: "${command}": is a directory`;
  if (!command.includes('/')) return `exec: "${command}": executable file not found in $PATH`;
  return `exec: "${command}": stat ${command}: ${error === 'ENOTDIR' ? 'not a directory' : 'no such file or directory'}`;
}

/** Of a container's first process: the message of StartContainer's error and of the container's `StartError`. */
export function startError(command: string, error: string): string {
  return `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${reasonOf(command, error)}`;
}

/** Of a process that should join a running container. */
export function execError(execId: string, command: string, error: string): string {
  return `failed to exec in container: failed to start exec "${execId}": OCI runtime exec failed: exec failed: unable to start container process: ${reasonOf(command, error)}`;
}
