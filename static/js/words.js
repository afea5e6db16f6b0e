// What scripts say to people. The page holds it in its own language: templates/words/ has a file for each script.
// Words("tray") gives a function that says one of its sentences by name, with what stands in its {places}.
// Where there is a number, "left-one" is said rather than "left" of what counts as one in that language.
"use strict";
window.Words = (script) => {
  const texts = new Map();
  for (const one of document.getElementById(`words-${script}`)?.content.children ?? []) texts.set(one.dataset.say, one.textContent);
  const rules = new Intl.PluralRules(document.documentElement.lang || "en");
  return (name, values = {}) => {
    const counted = "number" in values ? texts.get(`${name}-${rules.select(values.number)}`) : undefined;
    const text = counted ?? texts.get(name) ?? "";
    return text.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
  };
};
