// Names for containers that are given none: an adjective and somebody who is remembered. Models moby pkg/namesgenerator, a part of its words.
import type { Random } from '../../base/prng.ts';

const LEFT =
  'admiring amazing bold brave busy charming clever cool dazzling determined eager elastic epic fervent festive focused friendly gallant gifted happy hopeful infallible jolly keen kind loving lucid mystifying nervous nice nifty optimistic peaceful pensive practical quirky recursing relaxed romantic serene sharp silly stoic strange sweet tender thirsty trusting upbeat vibrant vigilant wizardly wonderful xenodochial youthful zealous'.split(
    ' ',
  );
const RIGHT =
  'albattani archimedes babbage bardeen bell bohr borg boyd carson cerf chandrasekhar colden cori curie darwin dijkstra einstein elion engelbart euclid euler faraday fermat feynman franklin galileo galois gauss goldberg goodall haibt hamilton hawking heisenberg hertz hodgkin hopper hypatia jang johnson joliot kalam keller kepler khorana knuth lamarr leakey lovelace mcclintock meitner mendel mirzakhani newton noether pascal pasteur payne perlman poincare ramanujan ride ritchie sammet shannon stallman swartz tesla thompson torvalds turing volhard wescoff wiles wozniak wright yalow'.split(
    ' ',
  );

/** A name that is not in use. */
export function containerName(random: Random, isTaken: (name: string) => boolean): string {
  for (let tries = 0; ; tries += 1) {
    const name = `${LEFT[random.below(LEFT.length)]}_${RIGHT[random.below(RIGHT.length)]}${tries > 5 ? random.below(10) : ''}`;
    if (!isTaken(name)) return name;
  }
}
