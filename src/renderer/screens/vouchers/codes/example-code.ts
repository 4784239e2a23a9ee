const EXAMPLE = '7K3MQ9TX41VH2PWRD8FZNC60';

/** A code of a pattern as it could look. */
export function exampleOf(pattern: string): string {
  const used = { count: 0 };
  return pattern.replace(/#/g, () => {
    used.count += 1;
    return EXAMPLE.charAt((used.count - 1) % EXAMPLE.length);
  });
}
