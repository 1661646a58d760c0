/** Name of the workflow type that delivers the events of one endpoint, as Temporal knows it. */
export const deliverEventsType = 'deliverEvents';

/** The signal that says that something is due. */
export const eventsDueSignal = 'eventsDue';

/** The id of the workflow that delivers to an endpoint. There is one at a time, so that events stay in order. */
export const deliverEventsId = (endpointId: string) => `events-to-${endpointId}`;

/** The task queue of what delivers events: slow receivers never take a place from conversations. */
export const eventsQueueOf = (taskQueue: string) => `${taskQueue}-events`;

/** The activities that deliver events. */
export interface EventActivities {
  /**
   * Sends what is due to an endpoint, one after another. May be repeated: what was sent but not noted is
   * sent again with the same id.
   * @returns whether something may still be due
   */
  deliverEvents(endpointId: string): Promise<'more' | 'done'>;
}
