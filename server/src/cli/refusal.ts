/** A refusal that a person can act on: printed as its one line, exit code 1. */
export class Refusal extends Error {}
