"""bytes → readable text: charset, mojibake, pinyin, script, characters."""
