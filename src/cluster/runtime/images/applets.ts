// The commands that the bases of images draw on: the shell and its applets, by name.
import type { Program } from '../process/program.ts';

/** Every command, by name. */
export const APPLETS: Readonly<Record<string, Program>> = {};
