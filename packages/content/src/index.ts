export { load } from './load.ts'
export type { Problem } from './read.ts'
export { datedSamples } from './samples.ts'
export type { SampleItem } from './schema.ts'
