// Markdown tables, with figures as people read them.

export const table = (heads, rows) => {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, at) => (at ? "--:" : "---"))), ...rows.map(line)].join("\n");
};

export const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] : NaN;
};

export const median = (values) => quantile(values, 0.5);

export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
export const milliseconds = (time) => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
