const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a text is an id as the console makes them. */
export function isUuidV7(text: string): boolean {
  return UUID_V7.test(text);
}
