/** When the team works, in English. */
export const officeHours = {
  title: 'Office hours',
  text: 'When your team answers customers. “Hand off” and “Wait” nodes can look at them; changes also count for active runs.',
  always: 'Not set: the team counts as always there',
  set: 'Set office hours',
  timezone: 'Time zone',
  timezoneHint: 'Such as Europe/Berlin.',
  periodsHint:
    'Several periods with a comma between them: 09:00–12:00, 13:00–17:30. Leave a day empty if it is closed.',
  periodsInvalid: 'Enter periods such as 09:00–12:00, 13:00–17:30, in order, at most four',
  noDay: 'Enter a period for at least one day',
  closed: 'Closed dates',
  closedHint: 'One date per line, such as 2027-12-25.',
  closedInvalid: (date: string) => `“${date}” isn’t a date such as 2027-12-25`,
  save: 'Save office hours',
};
