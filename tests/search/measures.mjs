// How good a list of pages is. In: page URLs, best first, and the grades of the pages that are wanted.

const DEPTH = 10;

// An engine may answer with parts of pages; a page counts at its best part.
export const collapse = (urls) => [...new Set(urls.map((url) => url.split("#")[0]))];

const gain = (grade) => 2 ** grade - 1;
const discounted = (gains) => gains.reduce((sum, value, at) => sum + value / Math.log2(at + 2), 0);

export const judge = (urls, grades) => {
  const top = collapse(urls).slice(0, DEPTH);
  const first = top.findIndex((url) => grades.has(url));
  const found = top.filter((url) => grades.has(url)).length;
  const ideal = [...grades.values()].sort((a, b) => b - a).slice(0, DEPTH);
  return {
    success: first === 0 ? 1 : 0,
    mrr: first < 0 ? 0 : 1 / (first + 1),
    recall: found / Math.min(grades.size, DEPTH),
    ndcg: discounted(top.map((url) => gain(grades.get(url) ?? 0))) / discounted(ideal.map(gain)),
  };
};

export const MEASURES = ["success", "mrr", "recall", "ndcg"];

export const mean = (list) =>
  Object.fromEntries(MEASURES.map((name) => [name, list.reduce((sum, one) => sum + one[name], 0) / list.length]));
