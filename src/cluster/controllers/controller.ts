// What every controller of the controller manager is made with.

/** What a controller is told. */
export interface ControllerOptions {
  /** The date of instant 0, in milliseconds since 1970. */
  readonly startAtMs: number;
}
