import { type Knowledge, topicName } from '@cme-commons/core'

/** The tracks as the API tells them; the shape is `trackList` of the schemas. */
export const tracksJson = (content: Knowledge) => ({
  tracks: content.tracks.map(({ id, name, summary, topics }) => ({
    id,
    name,
    summary,
    topics: topics.map((topic) => ({ id: topic, name: topicName(content, topic) })),
  })),
})
