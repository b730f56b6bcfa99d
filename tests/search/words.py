"""Writes how often Dutch words occur, for the generators of text: the word, a tab, and its frequency; the most frequent first.

In: the number of words, and the file to write. The data are those of the package wordfreq, which stays out of the repository.
"""

import sys

from wordfreq import iter_wordlist, word_frequency

count, target = int(sys.argv[1]), sys.argv[2]
lines = []
for word in iter_wordlist("nl", wordlist="best"):
    if len(lines) == count:
        break
    if word.isalpha() and (len(word) > 1 or word in "ué"):
        lines.append(f"{word}\t{word_frequency(word, 'nl', wordlist='best'):.3e}\n")
with open(target, "w", encoding="utf-8") as file:
    file.writelines(lines)
