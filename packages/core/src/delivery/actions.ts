/** What moderators do about one delivery of their space: have it explained, have it sent again, or give it up. */
export type DeliveryAction =
  | { do: 'delivery'; key: string }
  | { do: 'delivery.retry'; key: string }
  | { do: 'delivery.drop'; key: string }
